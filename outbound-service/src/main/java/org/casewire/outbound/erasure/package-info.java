/** Erasing the texts of people, as routing says, and of those that are old. The consent ledger stays. */
@NullMarked
package org.casewire.outbound.erasure;

import org.jspecify.annotations.NullMarked;

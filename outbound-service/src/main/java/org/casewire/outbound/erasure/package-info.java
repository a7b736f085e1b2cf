/** Erasing the texts of people, as routing says. The consent ledger stays. */
@NullMarked
package org.casewire.outbound.erasure;

import org.jspecify.annotations.NullMarked;

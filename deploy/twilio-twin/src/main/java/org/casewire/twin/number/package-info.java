/** The phone numbers of the accounts, and those that could be bought. */
@NullMarked
package org.casewire.twin.number;

import org.jspecify.annotations.NullMarked;

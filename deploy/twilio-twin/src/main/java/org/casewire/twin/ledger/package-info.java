/** The twin's truth: every message, and what every handset received. */
@NullMarked
package org.casewire.twin.ledger;

import org.jspecify.annotations.NullMarked;

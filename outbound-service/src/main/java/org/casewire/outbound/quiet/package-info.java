/** When a text may not disturb: quiet hours in the recipient's own zone, and the conversations they do not interrupt. */
@NullMarked
package org.casewire.outbound.quiet;

import org.jspecify.annotations.NullMarked;

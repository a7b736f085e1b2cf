/** Prepared texts of a site, with places for what differs from one person to the next. */
@NullMarked
package org.casewire.outbound.quickentry;

import org.jspecify.annotations.NullMarked;

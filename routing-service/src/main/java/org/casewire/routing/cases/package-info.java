/** The upstream's cases as they stand now, and by which numbers they can be found. */
@NullMarked
package org.casewire.routing.cases;

import org.jspecify.annotations.NullMarked;

/** How fast replies are filed, cases taken in and strategies tried. */
@NullMarked
package org.casewire.bench.routing;

import org.jspecify.annotations.NullMarked;

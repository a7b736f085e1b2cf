/** Whose texts were erased: what must be known wherever texts are taken in. */
@NullMarked
package org.casewire.routing.erased;

import org.jspecify.annotations.NullMarked;

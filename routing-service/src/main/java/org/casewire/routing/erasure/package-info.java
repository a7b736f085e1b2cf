/** Erasing what was said with a person. */
@NullMarked
package org.casewire.routing.erasure;

import org.jspecify.annotations.NullMarked;

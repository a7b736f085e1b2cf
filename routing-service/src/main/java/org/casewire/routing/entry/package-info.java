/** A text as the logs show it, sent or received. */
@NullMarked
package org.casewire.routing.entry;

import org.jspecify.annotations.NullMarked;

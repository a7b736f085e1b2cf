/** Received texts: filed, filed again when an older text turns up late, and listed. */
@NullMarked
package org.casewire.routing.reply;

import org.jspecify.annotations.NullMarked;

/** Drains the send queue, scheduled sends included, and follows every text to its final state. */
@NullMarked
package org.casewire.outbound;

import org.jspecify.annotations.NullMarked;

/** Stopping and starting texts. */
@NullMarked
package org.casewire.ops.pause;

import org.jspecify.annotations.NullMarked;

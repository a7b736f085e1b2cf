/** A message and its parts: what was asked for, where each part stands, and the one rule by which it moves. */
@NullMarked
package org.casewire.outbound.message;

import org.jspecify.annotations.NullMarked;

/** Pictures by their addresses: where they may lie, and whether a carrier can take what is there. */
@NullMarked
package org.casewire.outbound.media;

import org.jspecify.annotations.NullMarked;

/** What the upstream's compacted topics say of a thing: as it is now, or that it is gone. */
@NullMarked
package org.casewire.outbound.snapshot;

import org.jspecify.annotations.NullMarked;

/** How a service gets ready quickly. */
@NullMarked
package org.casewire.events.start;

import org.jspecify.annotations.NullMarked;

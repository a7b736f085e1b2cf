/** How people want to hear from a site: what the upstream says, what its own staff decided, and whether texts arrive. */
@NullMarked
package org.casewire.outbound.preference;

import org.jspecify.annotations.NullMarked;

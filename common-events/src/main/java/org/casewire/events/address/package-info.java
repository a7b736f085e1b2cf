/** Which addresses may be fetched from: what comes from outside must not lead inside, in any service. */
@NullMarked
package org.casewire.events.address;

import org.jspecify.annotations.NullMarked;

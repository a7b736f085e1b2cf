/** Who may be texted: what people said about it, and what follows from it under each site's policy. */
@NullMarked
package org.casewire.outbound.consent;

import org.jspecify.annotations.NullMarked;

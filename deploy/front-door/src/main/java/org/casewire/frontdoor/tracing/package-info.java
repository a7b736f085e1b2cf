/** Makes the front door a step of the trace of what passes it, where an operator wants spans. */
@NullMarked
package org.casewire.frontdoor.tracing;

import org.jspecify.annotations.NullMarked;

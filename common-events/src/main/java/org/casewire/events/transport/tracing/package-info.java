/** Follows one request through the services: spans where an operator wants them, the trace context handed on where not. */
@NullMarked
package org.casewire.events.transport.tracing;

import org.jspecify.annotations.NullMarked;

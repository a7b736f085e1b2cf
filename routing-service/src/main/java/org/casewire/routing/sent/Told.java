package org.casewire.routing.sent;

import java.time.Instant;
import org.casewire.events.OutboundEvent;

/**
 * An event of outbound's.
 *
 * @param writtenAt when it was written to the log
 * @param traceParent the trace it belongs to
 */
public record Told(OutboundEvent event, Instant writtenAt, String traceParent) {}

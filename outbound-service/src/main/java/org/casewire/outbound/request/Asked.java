package org.casewire.outbound.request;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.casewire.events.SendRequested;
import org.casewire.events.transport.WireJson.Problem;

/**
 * A request as it came in.
 *
 * @param problems fields that could not be read
 * @param requestedAt when the upstream asked
 */
record Asked(UUID messageId, SendRequested request, List<Problem> problems, Instant requestedAt, String traceParent) {}

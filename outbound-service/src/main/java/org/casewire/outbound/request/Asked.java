package org.casewire.outbound.request;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.casewire.events.SendRequested;
import org.casewire.events.transport.WireJson.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came in.
 *
 * @param problems fields that could not be read
 * @param requestedAt when the upstream asked
 * @param caseNumber for a request that names a case and no number: the number the case is texted at, empty when it has
 *     none; null for every other request
 */
record Asked(
        UUID messageId,
        SendRequested request,
        List<Problem> problems,
        Instant requestedAt,
        String traceParent,
        @Nullable String caseNumber) {

    Asked(UUID messageId, SendRequested request, List<Problem> problems, Instant requestedAt, String traceParent) {
        this(messageId, request, problems, requestedAt, traceParent, null);
    }
}

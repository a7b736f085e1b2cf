package org.casewire.ingest.quarantine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as it came in: all that a later check of it needs.
 *
 * @param kind the last part of its address
 * @param path percent-encoded, as it stood on the wire
 * @param query the same of the query
 * @param signature {@code X-Twilio-Signature}
 * @param idempotencyToken {@code I-Twilio-Idempotency-Token}
 * @param traceParent W3C trace context, null when it brought none
 * @param from the address it came from
 * @param forwardedOrigin where a trusted proxy says it was sent to
 */
public record Arrival(
        String site,
        String kind,
        Instant at,
        String path,
        @Nullable String query,
        @Nullable String signature,
        @Nullable String idempotencyToken,
        @Nullable String traceParent,
        String from,
        @Nullable String forwardedOrigin,
        byte[] body) {}

package org.casewire.ingest.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that was let in.
 *
 * @param rawQuery as received, percent-encoded
 * @param idempotencyToken {@code I-Twilio-Idempotency-Token}: the same when Twilio tries again
 * @param traceParent what it goes on with, started here where nothing is known
 * @param unverified what was wrong with its signature; null when it surely comes from Twilio
 * @param isReplayed whether an operator lets it in, long after Twilio went away
 */
record Webhook(
        String site,
        Form form,
        @Nullable String rawQuery,
        @Nullable String idempotencyToken,
        String traceParent,
        Instant receivedAt,
        @Nullable Refusal unverified,
        boolean isReplayed) {

    Webhook continuedIn(String step) {
        return new Webhook(site, form, rawQuery, idempotencyToken, step, receivedAt, unverified, isReplayed);
    }

    /** The parameters of the address; none when it cannot be read, since they only help. */
    Form query() {
        return query(rawQuery);
    }

    static Form query(@Nullable String rawQuery) {
        if (rawQuery == null) {
            return Form.EMPTY;
        }
        try {
            return Form.parse(rawQuery.getBytes(StandardCharsets.ISO_8859_1));
        } catch (InvalidForm unreadable) {
            return Form.EMPTY;
        }
    }
}

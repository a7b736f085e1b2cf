package org.casewire.routing.document;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file to be fetched, taken by one instance until its lease ends.
 *
 * @param account that had the text, by Twilio's signed word
 * @param attempts how often it was taken, this time included
 * @param failingSince since when for {@code reason}
 */
record Job(
        String site,
        String sid,
        int number,
        UUID documentId,
        String url,
        @Nullable String declaredType,
        @Nullable String account,
        String objectKey,
        int attempts,
        Instant triedSince,
        @Nullable Instant failingSince,
        @Nullable Reason reason,
        @Nullable String traceParent) {

    /** Since when it fails in this way, if it does so now. */
    Instant failingSince(Reason now, Instant moment) {
        return failingSince != null && now == reason ? failingSince : moment;
    }
}

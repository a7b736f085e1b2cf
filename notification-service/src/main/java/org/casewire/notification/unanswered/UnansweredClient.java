package org.casewire.notification.unanswered;

import java.time.Instant;
import java.util.List;
import org.casewire.events.CaseRef;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who texted and was not answered.
 *
 * @param contact the number the texts came from
 * @param cases those of the user's cases that the texts stand on
 * @param since when the first of them came that nobody answered
 * @param workingTime how much of the site's working hours has passed since then, ISO 8601 ({@code PT5H30M})
 * @param texts how many came since then, that one included
 * @param latest the last of them
 */
record UnansweredClient(
        String site, String contact, List<OnCase> cases, Instant since, String workingTime, long texts, Latest latest) {

    /** A case, as it is called now. */
    record OnCase(
            CaseRef caseRef,
            @Nullable String title,
            @Nullable String clientName) {}

    /** A text, by its beginning. */
    record Latest(String sid, String preview, Instant receivedAt) {}
}

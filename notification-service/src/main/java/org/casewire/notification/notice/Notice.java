package org.casewire.notification.notice;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.casewire.events.CaseRef;
import org.casewire.events.Purpose;
import org.casewire.events.SendRequested;
import org.casewire.events.SendRequested.Audience;
import org.casewire.events.outbox.Outbox.Outgoing;
import org.casewire.notification.identity.NamedId;
import org.jspecify.annotations.Nullable;

/** One text to one number about one activity. */
record Notice(
        Line line,
        String activityId,
        Audience audience,
        String body,
        @Nullable CaseRef caseRef,
        Instant expiresAt,
        String traceParent) {

    /** A number of a site: notices to it are counted together. */
    record Line(String site, String mobile) {}

    /** The same activity and number always make the same text. */
    Outgoing asked() {
        return asked(NamedId.of("notice", line.site(), activityId, line.mobile()), Map.of("activityId", activityId));
    }

    /** @param id of whatever the text stands for */
    Outgoing asked(UUID id, Map<String, String> attributes) {
        return new Outgoing(
                new SendRequested(
                        id,
                        line.site(),
                        line.mobile(),
                        body,
                        null,
                        List.of(),
                        null,
                        null,
                        caseRef,
                        null,
                        Purpose.NOTIFICATION,
                        audience,
                        null,
                        null,
                        expiresAt,
                        attributes),
                traceParent);
    }
}

package org.casewire.events;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What happened at the upstream that people may be told of, on {@link Topics#ACTIVITY}. */
public sealed interface ActivityEvent extends Event {

    @Override
    default String topic() {
        return Topics.ACTIVITY;
    }

    /** What happened. */
    enum Type {
        MESSAGE_POSTED,
        EVENT_STARTED,
        SERVICE_REQUESTED,
        SERVICE_CHANGE_REQUESTED,
        SERVICE_CANCEL_REQUESTED,
        STAFF_LATE
    }

    /**
     * Something happened; who is told of it is the site's setting. Reported again it is the same.
     *
     * @param at when, null for the time of the record
     * @param userId who acted or is late
     * @param recipients the users a message was posted to
     * @param contact the client's number
     * @param values what the site's wording may name
     */
    record ActivityReported(
            String site,
            String activityId,
            Type type,
            @Nullable Instant at,
            @Nullable String userId,
            List<String> recipients,
            @Nullable String contact,
            @Nullable CaseRef caseRef,
            Map<String, String> values)
            implements ActivityEvent {

        private static final int MOST_PEOPLE = 10_000;

        public ActivityReported {
            Required.id(site, "site");
            Required.id(activityId, "activityId");
            Required.field(type, "type");
            recipients = Required.ids(recipients, MOST_PEOPLE, "recipients");
            values = values == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(values));
        }

        @Override
        public String key() {
            return site + "|" + activityId;
        }

        @Override
        public String subject() {
            return activityId;
        }
    }
}

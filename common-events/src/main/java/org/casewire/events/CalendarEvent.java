package org.casewire.events;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The upstream's tasks and events, on the compacted {@link Topics#CALENDAR}; a tombstone says that one is gone. */
public sealed interface CalendarEvent extends Event {

    @Override
    default String topic() {
        return Topics.CALENDAR;
    }

    /** What stands in a calendar. */
    enum Kind {
        TASK,
        EVENT
    }

    /**
     * A task or an event as a whole; an older one never overwrites a newer one.
     *
     * @param kind null is EVENT
     * @param startsAt when it begins or is due; only a cancelled entry may be without
     * @param timeZone the zone its wall clock is read in, null for the site's
     * @param attendees users
     * @param clients numbers
     * @param remindBefore how long before the start whoever is reminded is reminded
     * @param cancelled null is false
     */
    record CalendarEntryChanged(
            String site,
            String entryId,
            Kind kind,
            @Nullable String title,
            @Nullable String location,
            @Nullable Instant startsAt,
            @Nullable ZoneId timeZone,
            @Nullable CaseRef caseRef,
            List<String> attendees,
            List<String> clients,
            List<RemindBefore> remindBefore,
            Boolean cancelled,
            Instant updatedAt)
            implements CalendarEvent {

        private static final int MOST_PEOPLE = 10_000;
        private static final int MOST_REMINDERS = 20;

        public CalendarEntryChanged {
            Required.id(site, "site");
            Required.id(entryId, "entryId");
            Required.time(updatedAt, "updatedAt");
            cancelled = Boolean.TRUE.equals(cancelled);
            if (!cancelled || startsAt != null) {
                Required.time(startsAt, "startsAt");
            }
            kind = kind == null ? Kind.EVENT : kind;
            attendees = Required.ids(attendees, MOST_PEOPLE, "attendees");
            clients = Required.ids(clients, MOST_PEOPLE, "clients");
            remindBefore = Required.distinct(remindBefore, MOST_REMINDERS, "remindBefore");
        }

        @Override
        public String key() {
            return site + "|" + entryId;
        }

        @Override
        public String subject() {
            return entryId;
        }
    }
}

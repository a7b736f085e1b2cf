package org.casewire.events;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The upstream's cases, on the compacted {@link Topics#CASES}; a tombstone says that the case is gone. */
public sealed interface CaseEvent extends Event {

    @Override
    default String topic() {
        return Topics.CASES;
    }

    /**
     * A case, an intake or a prescreen as a whole; an older one never overwrites a newer one.
     *
     * @param openedAt when the case was opened
     * @param intakeAt the date of the intake
     */
    record CaseChanged(
            String site,
            CaseRef caseRef,
            @Nullable String title,
            @Nullable String clientName,
            @Nullable Instant openedAt,
            @Nullable Instant intakeAt,
            Phones phones,
            List<Assignment> assignments,
            @Nullable Instant closedAt,
            Instant updatedAt)
            implements CaseEvent {
        public CaseChanged {
            Required.field(site, "site");
            Required.field(caseRef, "caseRef");
            Required.field(updatedAt, "updatedAt");
            phones = phones == null ? new Phones(List.of(), List.of(), List.of()) : phones;
            assignments = assignments == null ? List.of() : List.copyOf(assignments);
        }

        @Override
        public String key() {
            return site + "|" + caseRef;
        }

        @Override
        public String subject() {
            return caseRef.id();
        }
    }

    /** The numbers of a case by field, as the upstream wrote them. */
    record Phones(List<String> mobile, List<String> home, List<String> other) {
        public Phones {
            mobile = mobile == null ? List.of() : mobile;
            home = home == null ? List.of() : home;
            other = other == null ? List.of() : other;
        }
    }

    /**
     * Who works on a case.
     *
     * @param startsOn first day, null for always
     * @param endsOn the day from which it no longer holds, null for open-ended
     */
    record Assignment(
            String userId,
            boolean primary,
            @Nullable LocalDate startsOn,
            @Nullable LocalDate endsOn) {
        public Assignment {
            Required.field(userId, "userId");
        }

        /** Whether the assignment holds on that day of the site's calendar. */
        public boolean isCurrent(LocalDate today) {
            return (startsOn == null || !startsOn.isAfter(today)) && (endsOn == null || endsOn.isAfter(today));
        }
    }
}

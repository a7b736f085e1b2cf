package org.casewire.notification.cases;

import java.time.Instant;
import java.util.List;
import org.casewire.events.CaseEvent;
import org.casewire.events.CaseEvent.Assignment;
import org.casewire.events.CaseEvent.CaseChanged;
import org.casewire.events.CaseRef;
import org.casewire.events.transport.Received;
import org.casewire.events.transport.Received.Origin;
import org.casewire.events.transport.UnreadableEvent;
import org.jspecify.annotations.Nullable;

/** What one record of the log says about a case: a snapshot, or that it is gone. */
record CaseRecord(
        String site,
        CaseRef caseRef,
        @Nullable String title,
        @Nullable String clientName,
        List<Assignment> assignments,
        Instant updatedAt,
        boolean gone,
        Origin origin) {

    static CaseRecord of(Received<CaseEvent> received) {
        return switch (received) {
            case Received.Arrived<CaseEvent>(CaseChanged changed, var problems, var origin) ->
                new CaseRecord(
                        changed.site(),
                        changed.caseRef(),
                        changed.title(),
                        changed.clientName(),
                        changed.assignments(),
                        changed.updatedAt(),
                        false,
                        origin);
            case Received.Tombstone<CaseEvent>(String key, var origin) -> gone(key, origin);
        };
    }

    private static CaseRecord gone(String key, Origin origin) {
        String[] parts = key.split("\\|", 3);
        try {
            CaseRef caseRef = new CaseRef(CaseRef.Kind.valueOf(parts[1]), parts[2]);
            return new CaseRecord(parts[0], caseRef, null, null, List.of(), origin.time(), true, origin);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException noCase) {
            throw new UnreadableEvent("the key of a tombstone must be site|kind|caseId with a known kind");
        }
    }

    String key() {
        return site + "|" + caseRef;
    }
}

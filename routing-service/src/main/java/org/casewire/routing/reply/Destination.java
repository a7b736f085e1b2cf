package org.casewire.routing.reply;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.casewire.events.CaseRef;
import org.jspecify.annotations.Nullable;

/**
 * Where a received text stands: on cases, with a contact or with a user of the upstream; nowhere while it waits for a
 * person to file it.
 */
public record Destination(
        List<CaseRef> cases,
        @Nullable String contactId,
        @Nullable String userId) {

    public Destination {
        cases = List.copyOf(cases);
    }

    static Destination cases(List<CaseRef> cases) {
        return new Destination(cases, null, null);
    }

    boolean isNowhere() {
        return cases.isEmpty() && contactId == null && userId == null;
    }

    /** Whether both are the same place, whatever the order of the cases. */
    boolean is(Destination other) {
        return new HashSet<>(cases).equals(new HashSet<>(other.cases))
                && Objects.equals(contactId, other.contactId)
                && Objects.equals(userId, other.userId);
    }
}

package org.casewire.routing.sent;

import java.util.List;
import org.casewire.events.CaseRef;
import org.casewire.routing.list.Period;
import org.casewire.routing.search.TextQuery;
import org.jspecify.annotations.Nullable;

/**
 * Which sent texts are wanted.
 *
 * @param statuses all when none is named
 */
public record SentFilter(
        String site,
        List<MessageStatus> statuses,
        @Nullable String contact,
        @Nullable CaseRef caseRef,
        @Nullable TextQuery text,
        Period period) {

    public SentFilter {
        statuses = List.copyOf(statuses);
    }

    /** All that a case sent. */
    public static SentFilter ofCase(String site, CaseRef caseRef) {
        return new SentFilter(site, List.of(), null, caseRef, null, Period.ALWAYS);
    }

    /** All that was sent to a person. */
    public static SentFilter ofContact(String site, String contact) {
        return new SentFilter(site, List.of(), contact, null, null, Period.ALWAYS);
    }

    /** Whether it is the whole site's log that is looked through. */
    boolean isOfTheWholeSite() {
        return contact == null && caseRef == null && text == null;
    }

    /** Whether nothing but the words say where to look; of the few that were not delivered the status does. */
    boolean isASearchOfTheWholeSite() {
        boolean ofMost = statuses.isEmpty() || statuses.contains(MessageStatus.DELIVERED);
        return contact == null && caseRef == null && text != null && ofMost;
    }
}

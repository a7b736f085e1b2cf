package org.casewire.routing.reply;

import org.casewire.events.CaseRef;
import org.casewire.routing.list.Period;
import org.casewire.routing.search.TextQuery;
import org.jspecify.annotations.Nullable;

/** Which received texts are wanted. */
public record ReceivedFilter(
        String site,
        StateFilter state,
        @Nullable String contact,
        @Nullable CaseRef caseRef,
        @Nullable TextQuery text,
        Period period) {

    /** All that a site received. */
    public static ReceivedFilter ofSite(String site) {
        return new ReceivedFilter(site, StateFilter.ALL, null, null, null, Period.ALWAYS);
    }

    /** All that stands on a case. */
    public static ReceivedFilter ofCase(String site, CaseRef caseRef) {
        return new ReceivedFilter(site, StateFilter.ALL, null, caseRef, null, Period.ALWAYS);
    }

    /** All that a person wrote. */
    public static ReceivedFilter ofContact(String site, String contact) {
        return new ReceivedFilter(site, StateFilter.ALL, contact, null, null, Period.ALWAYS);
    }

    /** Whether nothing but the words say where to look. */
    boolean isASearchOfTheWholeSite() {
        return contact == null && caseRef == null && text != null;
    }
}

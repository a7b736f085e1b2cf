package org.casewire.routing.reply;

import org.casewire.events.CaseRef;
import org.casewire.routing.list.Period;
import org.jspecify.annotations.Nullable;

/** Which received texts are wanted. */
public record ReceivedFilter(
        String site,
        StateFilter state,
        @Nullable String contact,
        @Nullable CaseRef caseRef,
        Period period) {

    /** All that a site received. */
    public static ReceivedFilter ofSite(String site) {
        return new ReceivedFilter(site, StateFilter.ALL, null, null, Period.ALWAYS);
    }
}

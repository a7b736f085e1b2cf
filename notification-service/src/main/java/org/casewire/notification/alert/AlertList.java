package org.casewire.notification.alert;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.casewire.events.CaseRef;
import org.jspecify.annotations.Nullable;

/**
 * A page of the alerts that a user sees.
 *
 * @param unread how many there are in all, this page's and the others'
 * @param next the cursor of the next page, null on the last
 */
record AlertList(List<Item> items, long unread, @Nullable String next) {

    /** An alert as it was raised, with what its case is called now. */
    record Item(
            UUID alertId,
            String site,
            CaseRef caseRef,
            String sid,
            String contact,
            String preview,
            Instant at,
            @Nullable String title,
            @Nullable String clientName) {}
}

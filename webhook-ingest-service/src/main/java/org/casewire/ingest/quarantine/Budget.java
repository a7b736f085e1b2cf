package org.casewire.ingest.quarantine;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** How many may be kept in a minute, of each site and of each sort by itself. */
final class Budget {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final int perMinute;
    private final Map<Purse, Spent> spent = new HashMap<>();

    Budget(int perMinute) {
        this.perMinute = perMinute;
    }

    /** What names the site's account has a purse that no stranger empties. */
    private record Purse(String site, boolean plausible) {}

    private record Spent(Instant since, int count) {}

    synchronized boolean allows(String site, boolean plausible, Instant now) {
        Purse purse = new Purse(site, plausible);
        Spent before = spent.get(purse);
        Spent after = before == null || !now.isBefore(before.since().plus(MINUTE))
                ? new Spent(now, 1)
                : new Spent(before.since(), before.count() + 1);
        if (after.count() > perMinute) {
            return false;
        }
        spent.put(purse, after);
        return true;
    }
}

package org.casewire.outbound.optin;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Counts visits in the running minute, so that nobody tries links by the thousand; each instance counts its own. */
@Component
class VisitLimit {

    /** An address may be shared by many people. */
    private static final int ADDRESS_FACTOR = 4;

    /** So many visitors are told apart; the others are counted as one. */
    private static final int MOST_VISITORS = 50_000;

    private static final String OTHERS = "others";
    private static final long MINUTE = 60_000;

    private final Clock clock;
    private final int perLink;
    private volatile Window window = new Window(0, Map.of());

    VisitLimit(Clock clock, OptInProperties properties) {
        this.clock = clock;
        this.perLink = properties.visitsPerMinute();
    }

    private record Window(long minute, Map<String, Integer> visits) {}

    boolean admitsAddress(String address) {
        return visit("address " + address) <= perLink * ADDRESS_FACTOR;
    }

    boolean admitsLink(String link) {
        return visit("link " + link) <= perLink;
    }

    private int visit(String visitor) {
        Map<String, Integer> visits = current().visits();
        String counted = visits.size() < MOST_VISITORS || visits.containsKey(visitor) ? visitor : OTHERS;
        return visits.merge(counted, 1, Integer::sum);
    }

    private Window current() {
        long minute = clock.millis() / MINUTE;
        Window known = window;
        if (known.minute() != minute) {
            synchronized (this) {
                if (window.minute() != minute) {
                    window = new Window(minute, new ConcurrentHashMap<>());
                }
                known = window;
            }
        }
        return known;
    }
}

package org.casewire.outbound.dispatch;

import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * How many calls each Twilio account bears at once: a 429 takes a third of it away, every answer gives a little back
 * (additive increase, multiplicative decrease).
 */
@Component
class AccountPace {

    private static final double AFTER_BUSY = 0.67;

    private final int most;
    private final Map<String, Pace> paces = new HashMap<>();

    AccountPace(DispatchProperties properties) {
        this.most = properties.inFlightPerAccount();
    }

    private static final class Pace {
        private double limit;
        private int out;

        Pace(double limit) {
            this.limit = limit;
        }
    }

    /** How many more calls the account bears now. */
    synchronized int free(String account) {
        Pace pace = pace(account);
        return Math.max(0, (int) pace.limit - pace.out);
    }

    synchronized void begun(String account) {
        pace(account).out++;
    }

    synchronized void ended(String account, boolean busy) {
        Pace pace = pace(account);
        pace.out--;
        pace.limit = busy ? Math.max(1, pace.limit * AFTER_BUSY) : Math.min(most, pace.limit + 1 / pace.limit);
    }

    private Pace pace(String account) {
        return paces.computeIfAbsent(account, unknown -> new Pace(most));
    }
}

package org.casewire.ingest.sweep;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often each account may be asked: so many times in any minute, and not at all for a while after it said 429. */
final class Budgets {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Clock clock;
    private final int perMinute;
    private final Map<String, Budget> accounts = new ConcurrentHashMap<>();

    Budgets(Clock clock, int perMinute) {
        this.clock = clock;
        this.perMinute = perMinute;
    }

    private static final class Budget {
        private final ArrayDeque<Instant> asked = new ArrayDeque<>();
        private Instant notBefore = Instant.EPOCH;
    }

    /** Waits until the account may be asked again. */
    void take(String account, Turn turn) {
        for (Duration wait = takeOrWait(account, turn.share());
                wait.isPositive();
                wait = takeOrWait(account, turn.share())) {
            turn.pause(wait);
        }
    }

    /** Zero when it was taken, else how long to wait before trying. */
    Duration takeOrWait(String account, double share) {
        Budget budget = accounts.computeIfAbsent(account, unknown -> new Budget());
        int most = Math.max(1, (int) (perMinute * share));
        Instant now = clock.instant();
        synchronized (budget) {
            while (!budget.asked.isEmpty()
                    && !budget.asked.getFirst().plus(MINUTE).isAfter(now)) {
                budget.asked.removeFirst();
            }
            if (now.isBefore(budget.notBefore)) {
                return Duration.between(now, budget.notBefore);
            }
            if (budget.asked.size() >= most) {
                return Duration.between(now, budget.asked.getFirst().plus(MINUTE));
            }
            budget.asked.addLast(now);
            return Duration.ZERO;
        }
    }

    /** The account wants to be left alone. */
    void rest(String account, Duration time) {
        Budget budget = accounts.computeIfAbsent(account, unknown -> new Budget());
        Instant until = clock.instant().plus(time);
        synchronized (budget) {
            budget.notBefore = until.isAfter(budget.notBefore) ? until : budget.notBefore;
        }
    }
}

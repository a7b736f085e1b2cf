package org.casewire.twin.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.casewire.twin.number.Numbers;
import org.casewire.twin.number.OwnNumber;

/** When each sender may send next: the first text leaves at once, the rest in turn at the sender's rate. */
public final class SenderRates {

    private static final Duration LONGEST_QUEUE = Duration.ofHours(10);
    private static final double UNKNOWN_SENDER_RATE = 1;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Numbers numbers;
    private final Clock clock;
    private final Map<String, Instant> freeAt = new ConcurrentHashMap<>();

    /** The rates of these numbers. */
    public SenderRates(Numbers numbers, Clock clock) {
        this.numbers = numbers;
        this.clock = clock;
    }

    /** Takes the sender's next turn and says when that is. */
    Instant takeTurn(String sender, int segments) {
        double segmentsPerSecond =
                numbers.find(sender).map(OwnNumber::ratePerSecond).orElse(UNKNOWN_SENDER_RATE);
        Duration taken = Duration.ofNanos((long) (segments * NANOS_PER_SECOND / segmentsPerSecond));
        Instant now = clock.instant();
        Instant free = freeAt.compute(
                sender, (_, before) -> (before == null || before.isBefore(now) ? now : before).plus(taken));
        return free.minus(taken);
    }

    /** Whether a sender's queue holds ten hours already. */
    public boolean isFull(String sender) {
        Instant free = freeAt.get(sender);
        return free != null && free.isAfter(clock.instant().plus(LONGEST_QUEUE));
    }

    /** Forgets whose turn it is. */
    public void clear() {
        freeAt.clear();
    }
}

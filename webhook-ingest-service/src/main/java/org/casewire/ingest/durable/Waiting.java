package org.casewire.ingest.durable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** How much waits in the spool, since when, and of whom. */
final class Waiting {

    private final Clock clock;
    private final long maxBytes;
    private final Pending pending = new Pending();
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private volatile Instant oldest = Instant.EPOCH;

    Waiting(Clock clock, long maxBytes) {
        this.clock = clock;
        this.maxBytes = maxBytes;
    }

    /** Whether the spool may take so much more of the disk; if so, it is taken. */
    boolean reserve(long more) {
        if (bytes.addAndGet(more) <= maxBytes) {
            return true;
        }
        bytes.addAndGet(-more);
        return false;
    }

    /** What is there already is kept, however much it is. */
    void occupied(long more) {
        bytes.addAndGet(more);
    }

    void freed(long less) {
        bytes.addAndGet(-less);
    }

    void added(String key, Instant came) {
        pending.add(key);
        if (records.getAndIncrement() == 0) {
            oldest = came;
        }
    }

    void removed(String key) {
        pending.remove(key);
        records.decrementAndGet();
    }

    /** The first that waits came then. */
    void oldestCame(Instant came) {
        oldest = came;
    }

    boolean holds(String key) {
        return pending.holds(key);
    }

    long records() {
        return records.get();
    }

    long bytes() {
        return bytes.get();
    }

    long maxBytes() {
        return maxBytes;
    }

    /** For how long the oldest has waited. */
    Duration age() {
        Duration age = Duration.between(oldest, clock.instant());
        return records.get() == 0 || age.isNegative() ? Duration.ZERO : age;
    }
}

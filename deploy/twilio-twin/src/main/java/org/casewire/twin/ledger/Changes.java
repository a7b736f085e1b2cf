package org.casewire.twin.ledger;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A counter one can wait for. */
public final class Changes {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long count;

    /** Something changed. */
    public void tell() {
        lock.lock();
        try {
            count++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How often something changed so far, once that is more than what was seen or the time is over. */
    public long awaitMoreThan(long seen, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long nanos = atMost.toNanos();
            while (count <= seen && nanos > 0) {
                nanos = changed.await(nanos, TimeUnit.NANOSECONDS) ? nanos : 0;
            }
            return count;
        } finally {
            lock.unlock();
        }
    }
}

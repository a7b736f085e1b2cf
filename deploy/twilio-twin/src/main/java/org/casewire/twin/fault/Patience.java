package org.casewire.twin.fault;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a virtual thread wait; all waits end when the twin stops. */
final class Patience implements AutoCloseable {

    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Waits that long; false when the twin stopped meanwhile. */
    boolean wait(Duration time) {
        try {
            return !stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        stopped.countDown();
    }
}

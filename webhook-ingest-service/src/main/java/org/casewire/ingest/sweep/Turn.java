package org.casewire.ingest.sweep;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/** The time in which a partition is this instance's: nothing is asked or published after it. */
final class Turn {

    private final CountDownLatch over = new CountDownLatch(1);
    private final DoubleSupplier share;

    /** @param share of all partitions, which is the share of the accounts' budgets */
    Turn(DoubleSupplier share) {
        this.share = share;
    }

    /** Another instance may be sweeping the same number now. */
    static final class Over extends RuntimeException {
        Over() {
            super("Not this instance's turn any more", null, false, false);
        }
    }

    double share() {
        return share.getAsDouble();
    }

    void end() {
        over.countDown();
    }

    /** @throws Over when it is */
    void check() {
        if (over.getCount() == 0) {
            throw new Over();
        }
    }

    /** @throws Over as soon as it is */
    void pause(Duration time) {
        try {
            if (over.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new Over();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Over();
        }
    }
}

package org.casewire.routing.document;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Wakes this instance's workers when a transaction that leaves them something to do is committed. */
@Component
class AfterCommit {

    private final Bell fetching = new Bell();
    private final Bell removing = new Bell();

    /** Somebody waits for it to ring. */
    static final class Bell {

        private final Semaphore rings = new Semaphore(0);

        void ring() {
            rings.release();
        }

        void await(long millis) throws InterruptedException {
            if (rings.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                rings.drainPermits();
            }
        }
    }

    Bell fetching() {
        return fetching;
    }

    Bell removing() {
        return removing;
    }

    void fetch() {
        ringOnceCommitted(fetching);
    }

    void remove() {
        ringOnceCommitted(removing);
    }

    private static void ringOnceCommitted(Bell bell) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                bell.ring();
            }
        });
    }
}

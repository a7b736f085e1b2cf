package org.casewire.outbound.message;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Tells the dispatcher of this instance that something may have become due, so that it need not wait for its poll. */
@Component
public class DueSignal {

    private final Semaphore raised = new Semaphore(0);

    public void raise() {
        raised.release();
    }

    /** Returns when the signal was raised or the time has passed. */
    public void await(Duration atMost) throws InterruptedException {
        if (raised.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            raised.drainPermits();
        }
    }
}

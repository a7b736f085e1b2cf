package org.casewire.notification.repeat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.casewire.events.worker.Worker;

/**
 * A step that is repeated at once while there is work, and after a pause when there is none. What runs when the service
 * stops is finished first.
 */
public abstract class Repeater extends Worker {

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Duration pause;

    protected Repeater(String name, Duration pause) {
        super(name, "Work waits; trying again until the database and the broker answer");
        this.pause = pause;
    }

    /** Does some of the work and returns how much it was. */
    protected abstract int step();

    @Override
    protected final void turn() {
        if (step() == 0) {
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    @Override
    protected final void rest() {
        LockSupport.parkNanos(AFTER_FAILURE.toNanos());
    }

    @Override
    protected final void end(Thread waiting) {
        LockSupport.unpark(waiting);
    }
}

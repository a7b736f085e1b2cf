package org.casewire.notification.repeat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * A step that is repeated on a thread of its own from the start of the service to its end: at once while there is work,
 * after a pause when there is none.
 */
public abstract class Repeater implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Repeater.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final String name;
    private final Duration pause;
    private volatile boolean running;
    private volatile Thread worker = Thread.currentThread();

    protected Repeater(String name, Duration pause) {
        this.name = name;
        this.pause = pause;
    }

    /** Does some of the work and returns how much it was. */
    protected abstract int step();

    @Override
    public final void start() {
        running = true;
        worker = Thread.ofPlatform().name(name).start(this::repeatUntilStopped);
    }

    /** Ends with the step that is running. */
    @Override
    public final void stop() {
        running = false;
        LockSupport.unpark(worker);
    }

    @Override
    public final boolean isRunning() {
        return running;
    }

    private void repeatUntilStopped() {
        boolean warned = false;
        while (running) {
            try {
                if (step() == 0) {
                    LockSupport.parkNanos(pause.toNanos());
                }
                warned = false;
            } catch (RuntimeException failure) {
                (warned || !running ? log.atDebug() : log.atWarn())
                        .addKeyValue("waitingFor", name)
                        .addKeyValue("failure", failure.getClass().getSimpleName())
                        .log("Work waits; trying again until the database and the broker answer");
                warned = true;
                LockSupport.parkNanos(AFTER_FAILURE.toNanos());
            }
        }
    }
}

package org.casewire.notification.repeat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats a step on a thread of its own, at once while there is work, after a pause when there is none. */
public final class Repeater {

    private static final Logger log = LoggerFactory.getLogger(Repeater.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final String name;
    private final Duration pause;
    private final IntSupplier step;
    private volatile boolean running;
    private volatile Thread worker = Thread.currentThread();

    /** @param step does some of the work and returns how much it was */
    public Repeater(String name, Duration pause, IntSupplier step) {
        this.name = name;
        this.pause = pause;
        this.step = step;
    }

    /** Begins. */
    public void start() {
        running = true;
        worker = Thread.ofPlatform().name(name).start(this::repeatUntilStopped);
    }

    /** Ends with the step that is running. */
    public void stop() {
        running = false;
        LockSupport.unpark(worker);
    }

    public boolean isRunning() {
        return running;
    }

    private void repeatUntilStopped() {
        boolean warned = false;
        while (running) {
            try {
                if (step.getAsInt() == 0) {
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

package org.casewire.events.worker;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * A thread that takes one turn after another from the start of the service to its end. A turn that fails is tried again
 * for as long as it takes; of failures in a row the first one is told.
 */
public abstract class Worker implements SmartLifecycle {

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final String name;
    private final String trouble;
    private volatile boolean running;
    private volatile Thread thread = Thread.currentThread();

    /** @param trouble what a failed turn means, and until when it is tried again */
    protected Worker(String name, String trouble) {
        this.name = name;
        this.trouble = trouble;
    }

    /** Does some of the work; waits for some when there is none. */
    protected abstract void turn() throws InterruptedException;

    /** Waits before a turn that failed is tried again. */
    protected abstract void rest() throws InterruptedException;

    /** Ends a turn that waits when the service stops. */
    protected void end(Thread waiting) {
        waiting.interrupt();
    }

    @Override
    public final void start() {
        thread = Thread.ofPlatform().name(name).unstarted(this::takeTurnsUntilStopped);
        running = true;
        thread.start();
    }

    private void takeTurnsUntilStopped() {
        boolean warned = false;
        try {
            // The second for the thread of an earlier start that is still in its last turn.
            while (running && thread == Thread.currentThread()) {
                try {
                    turn();
                    warned = false;
                } catch (RuntimeException failure) {
                    (warned || !running ? log.atDebug() : log.atWarn())
                            .addKeyValue("waitingFor", name)
                            .addKeyValue("failure", failure.getClass().getSimpleName())
                            .log(trouble);
                    warned = true;
                    rest();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
        end(thread);
    }

    @Override
    public final boolean isRunning() {
        return running;
    }
}

package org.casewire.notification.reminder;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.casewire.events.Topics;
import org.casewire.events.transport.ListenerStart;
import org.casewire.notification.progress.LogProgress;
import org.casewire.notification.progress.LogProgress.Ends;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks for due reminders until the service stops. It begins when the calendar and the profiles were read as far as they
 * stood at the start: what was called off while nobody listened must not leave.
 */
@Component
class HandOverLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(HandOverLoop.class);

    private final HandOver handOver;
    private final ListenerStart listeners;
    private final LogProgress progress;
    private final ReminderProperties properties;
    private Optional<Ends> before = Optional.empty();
    private boolean caughtUp;
    private volatile boolean running;
    private volatile Thread worker = Thread.currentThread();

    HandOverLoop(HandOver handOver, ListenerStart listeners, LogProgress progress, ReminderProperties properties) {
        this.handOver = handOver;
        this.listeners = listeners;
        this.progress = progress;
        this.properties = properties;
    }

    @Override
    public void start() {
        running = true;
        worker = Thread.ofPlatform().name("reminder-hand-over").start(this::runUntilStopped);
    }

    private void runUntilStopped() {
        boolean warned = false;
        while (running) {
            try {
                if (!hasCaughtUp() || handOver.handOverOnce() == 0) {
                    pause(properties.poll());
                }
                warned = false;
            } catch (RuntimeException failure) {
                (warned || !running ? log.atDebug() : log.atWarn())
                        .addKeyValue("failure", failure.getClass().getSimpleName())
                        .log("Due reminders wait; trying again until the database and the broker answer");
                warned = true;
                pause(properties.pauseAfterFailure());
            }
        }
    }

    private boolean hasCaughtUp() {
        if (!caughtUp && listeners.health().getStatus().equals(Status.UP)) {
            Ends ends = before.orElseGet(() -> progress.ends(List.of(Topics.CALENDAR, Topics.USERS)));
            before = Optional.of(ends);
            caughtUp = progress.isReadTo(ends);
        }
        return caughtUp;
    }

    private void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    @Override
    public void stop() {
        running = false;
        LockSupport.unpark(worker);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

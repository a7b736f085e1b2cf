package org.casewire.notification.reminder;

import java.util.List;
import java.util.Optional;
import org.casewire.events.Topics;
import org.casewire.events.transport.ListenerStart;
import org.casewire.notification.progress.LogProgress;
import org.casewire.notification.progress.LogProgress.Ends;
import org.casewire.notification.repeat.Repeater;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks for due reminders until the service stops. It begins when the calendar and the profiles were read as far as they
 * stood at the start: what was called off while nobody listened must not leave.
 */
@Component
class HandOverLoop implements SmartLifecycle {

    private final HandOver handOver;
    private final ListenerStart listeners;
    private final LogProgress progress;
    private final Repeater repeater;
    private Optional<Ends> before = Optional.empty();
    private boolean caughtUp;

    HandOverLoop(HandOver handOver, ListenerStart listeners, LogProgress progress, ReminderProperties properties) {
        this.handOver = handOver;
        this.listeners = listeners;
        this.progress = progress;
        this.repeater = new Repeater("reminder-hand-over", properties.poll(), this::step);
    }

    private int step() {
        return hasCaughtUp() ? handOver.handOverOnce() : 0;
    }

    private boolean hasCaughtUp() {
        if (!caughtUp && listeners.health().getStatus().equals(Status.UP)) {
            Ends ends = before.orElseGet(() -> progress.ends(List.of(Topics.CALENDAR, Topics.USERS)));
            before = Optional.of(ends);
            caughtUp = progress.isReadTo(ends);
        }
        return caughtUp;
    }

    @Override
    public void start() {
        repeater.start();
    }

    @Override
    public void stop() {
        repeater.stop();
    }

    @Override
    public boolean isRunning() {
        return repeater.isRunning();
    }
}

package org.casewire.notification.reminder;

import java.util.List;
import java.util.Optional;
import org.casewire.events.Topics;
import org.casewire.events.transport.ListenerStart;
import org.casewire.notification.progress.LogProgress;
import org.casewire.notification.progress.LogProgress.Ends;
import org.casewire.notification.repeat.Repeater;
import org.springframework.stereotype.Component;

/**
 * Looks for due reminders until the service stops. It begins when the calendar and the profiles were read as far as they
 * stood at the start: what was called off while nobody listened must not leave.
 */
@Component
class HandOverLoop extends Repeater {

    private final HandOver handOver;
    private final ListenerStart listeners;
    private final LogProgress progress;
    private Optional<Ends> before = Optional.empty();
    private boolean caughtUp;

    HandOverLoop(HandOver handOver, ListenerStart listeners, LogProgress progress, ReminderProperties properties) {
        super("reminder-hand-over", properties.poll());
        this.handOver = handOver;
        this.listeners = listeners;
        this.progress = progress;
    }

    @Override
    protected int step() {
        return hasCaughtUp() ? handOver.handOverOnce() : 0;
    }

    private boolean hasCaughtUp() {
        if (!caughtUp && listeners.isReading()) {
            Ends ends = before.orElseGet(() -> progress.ends(List.of(Topics.CALENDAR, Topics.USERS)));
            before = Optional.of(ends);
            caughtUp = progress.isReadTo(ends);
        }
        return caughtUp;
    }
}

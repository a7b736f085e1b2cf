package org.casewire.notification.reminder;

import java.time.Instant;
import java.util.List;
import org.casewire.events.SendCancelled;
import org.casewire.events.outbox.Outbox;
import org.casewire.events.outbox.Outbox.Outgoing;
import org.casewire.notification.reminder.Replan.Drop;
import org.springframework.stereotype.Component;

/** Takes reminders back: those that wait, and by {@link SendCancelled} those that are on their way. */
@Component
class Withdrawals {

    private static final String BY = "casewire";

    private final Reminders reminders;
    private final Outbox outbox;

    Withdrawals(Reminders reminders, Outbox outbox) {
        this.reminders = reminders;
        this.outbox = outbox;
    }

    /** The caller holds these reminders. */
    void take(List<Drop> drops, Instant now) {
        reminders.drop(drops, now);
        outbox.append(drops.stream()
                .filter(drop -> drop.reminder().isHandedOver())
                .map(Withdrawals::cancelled)
                .toList());
    }

    private static Outgoing cancelled(Drop drop) {
        Reminder reminder = drop.reminder();
        return new Outgoing(
                new SendCancelled(
                        reminder.messageId(),
                        reminder.site(),
                        reminder.mobile(),
                        BY,
                        drop.why().sentence()),
                drop.traceParent());
    }
}

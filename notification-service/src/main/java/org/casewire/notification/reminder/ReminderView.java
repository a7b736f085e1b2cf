package org.casewire.notification.reminder;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reminder as it is shown.
 *
 * @param messageId the id of its text, under which outbound knows it once it was handed over
 * @param userId who is reminded; null for a client
 * @param contact the client's number; null for a user
 * @param to where it was handed over to
 * @param reason why it does not leave, null when it does
 * @param why the same in a sentence
 * @param changedAt since when it stands so
 */
record ReminderView(
        UUID messageId,
        String site,
        String entryId,
        @Nullable String userId,
        @Nullable String contact,
        String remindBefore,
        int generation,
        Instant dueAt,
        Instant startsAt,
        State state,
        @Nullable String reason,
        @Nullable String why,
        @Nullable String to,
        Instant changedAt) {

    static ReminderView of(Reminder reminder) {
        Person person = reminder.slot().person();
        return new ReminderView(
                reminder.messageId(),
                reminder.site(),
                reminder.slot().entry().entryId(),
                person.isClient() ? null : person.id(),
                person.isClient() ? person.id() : null,
                reminder.slot().remindBefore(),
                reminder.generation(),
                reminder.dueAt(),
                reminder.startsAt(),
                reminder.state(),
                reminder.reason(),
                Reason.sentence(reminder.reason()),
                reminder.mobile(),
                reminder.changedAt());
    }
}

package org.casewire.notification.reminder;

import java.time.Instant;
import java.util.UUID;
import org.casewire.notification.calendar.EntryKey;
import org.casewire.notification.identity.NamedId;
import org.casewire.notification.users.UserKey;
import org.jspecify.annotations.Nullable;

/**
 * One reminder of one person, planned for one start of the entry.
 *
 * @param number its row
 * @param mobile where it was handed over to
 * @param reason why it does not leave
 */
record Reminder(
        long number,
        Slot slot,
        int generation,
        Instant dueAt,
        Instant startsAt,
        State state,
        @Nullable String reason,
        @Nullable String mobile,
        String traceParent,
        Instant changedAt) {

    /** What is planned once: later plans of the same slot are its generations. */
    record Slot(EntryKey entry, Person person, String remindBefore) {

        UserKey user() {
            return new UserKey(entry.site(), person.id());
        }
    }

    String site() {
        return slot.entry().site();
    }

    /** The id of its text. */
    UUID messageId() {
        return NamedId.of(
                "reminder",
                site(),
                slot.entry().entryId(),
                slot.person().name(),
                slot.remindBefore(),
                Integer.toString(generation));
    }

    /** The same reminder under a new id: the one before was called off. */
    Reminder nextGeneration(Instant now) {
        return new Reminder(0, slot, generation + 1, dueAt, startsAt, State.PENDING, null, null, traceParent, now);
    }

    /** It was never asked for, so its id is still unused. */
    Reminder waitingAgain(Instant now) {
        return now(State.PENDING, null, null, now);
    }

    /** Of the same start, at another moment. */
    Reminder movedTo(Instant due, Instant now) {
        return new Reminder(number, slot, generation, due, startsAt, state, reason, mobile, traceParent, now);
    }

    Reminder handedOver(String number, Instant now) {
        return now(State.HANDED_OVER, null, number, now);
    }

    Reminder notSent(Reason why, Instant now) {
        return now(State.NOT_SENT, why.name(), null, now);
    }

    private Reminder now(State next, @Nullable String why, @Nullable String number, Instant now) {
        return new Reminder(this.number, slot, generation, dueAt, startsAt, next, why, number, traceParent, now);
    }

    boolean isPending() {
        return state == State.PENDING;
    }

    boolean isHandedOver() {
        return state == State.HANDED_OVER;
    }

    /** Whether a better profile could still let it leave. */
    boolean isCurable() {
        return state == State.NOT_SENT
                && Reason.curable().stream().anyMatch(one -> one.name().equals(reason));
    }
}

package org.casewire.notification.reminder;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.casewire.events.CalendarEvent.CalendarEntryChanged;
import org.casewire.notification.calendar.EntryChange;
import org.casewire.notification.calendar.EntryKey;
import org.casewire.notification.reminder.Plan.Wanted;
import org.casewire.notification.reminder.Reminder.Slot;
import org.jspecify.annotations.Nullable;

/**
 * What must change so that the reminders of an entry are what it asks for now. A reminder stays if it is of the start
 * the entry has; otherwise it is dropped, if it has not left, and the next generation takes its place.
 */
final class Replan {

    private final EntryChange change;
    private final int used;
    private final Instant now;
    private final List<Drop> drops = new ArrayList<>();
    private final List<Reminder> additions = new ArrayList<>();
    private final List<Reminder> shifts = new ArrayList<>();

    private Replan(EntryChange change, int used, Instant now) {
        this.change = change;
        this.used = used;
        this.now = now;
    }

    /** A reminder that is not wanted any more. */
    record Drop(Reminder reminder, Reason why, String traceParent) {}

    /** The same reminder at another moment is a shift: its start is the same, so its generation is. */
    record Changes(List<Drop> drops, List<Reminder> additions, List<Reminder> shifts) {}

    /** @param used the highest generation that was used by what is kept no more */
    static Changes of(EntryChange change, List<Wanted> wanted, List<Reminder> known, int used, Instant now) {
        Replan replan = new Replan(change, used, now);
        replan.compare(wanted, known);
        return new Changes(replan.drops, replan.additions, replan.shifts);
    }

    private void compare(List<Wanted> wanted, List<Reminder> known) {
        CalendarEntryChanged entry = change.entry();
        EntryKey key = new EntryKey(entry.site(), entry.entryId());
        Map<Slot, Wanted> open = new LinkedHashMap<>();
        wanted.forEach(one -> open.put(new Slot(key, one.person(), one.remindBefore()), one));
        Map<Slot, Reminder> newest = new HashMap<>();
        known.forEach(one -> newest.merge(one.slot(), one, (a, b) -> a.generation() > b.generation() ? a : b));
        newest.forEach((slot, reminder) -> {
            Wanted one = open.get(slot);
            if (one != null && stands(reminder)) {
                open.remove(slot);
                shift(reminder, one);
            } else {
                drop(reminder, one);
            }
        });
        open.forEach((slot, one) -> add(slot, one, newest.get(slot)));
    }

    private boolean stands(Reminder reminder) {
        return reminder.state() != State.DROPPED
                && reminder.startsAt().equals(change.entry().startsAt());
    }

    private void shift(Reminder reminder, Wanted wanted) {
        if (reminder.isPending() && !reminder.dueAt().equals(wanted.dueAt())) {
            shifts.add(planned(reminder.slot(), wanted, reminder.generation(), reminder.number()));
        }
    }

    private void drop(Reminder reminder, @Nullable Wanted wanted) {
        if (reminder.isPending() || reminder.isHandedOver() || reminder.isCurable()) {
            drops.add(new Drop(reminder, why(reminder, wanted), change.origin().traceParent()));
        }
    }

    private Reason why(Reminder reminder, @Nullable Wanted wanted) {
        if (change.gone()) {
            return Reason.ENTRY_DELETED;
        }
        if (change.entry().cancelled()) {
            return Reason.CANCELLED;
        }
        if (wanted != null) {
            return Reason.MOVED;
        }
        boolean isListed = change.entry().remindBefore().stream()
                .anyMatch(before -> before.toString().equals(reminder.slot().remindBefore()));
        return isListed ? Reason.NOT_ATTENDING : Reason.NO_LONGER_WANTED;
    }

    private void add(Slot slot, Wanted wanted, @Nullable Reminder before) {
        additions.add(planned(slot, wanted, (before == null ? used : before.generation()) + 1, 0));
    }

    private Reminder planned(Slot slot, Wanted wanted, int generation, long number) {
        Instant start = Objects.requireNonNull(change.entry().startsAt(), "what is planned has a start");
        boolean late = wanted.late() || !start.isAfter(now);
        return new Reminder(
                number,
                slot,
                generation,
                wanted.dueAt(),
                start,
                late ? State.NOT_SENT : State.PENDING,
                late ? Reason.TOO_LATE.name() : null,
                null,
                change.origin().traceParent(),
                now);
    }
}

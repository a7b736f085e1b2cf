package org.casewire.notification.reminder;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.casewire.events.RemindBefore;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.notification.calendar.EntryKey;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Follows the zones of sites. An entry without a zone of its own takes place on the site's clocks, and "a day before"
 * keeps the wall clock: in another zone that may be another moment.
 */
@Component
class ZoneFollower {

    private static final int ENTRIES_AT_ONCE = 500;

    private final PlannedZones zones;
    private final Reminders reminders;
    private final Clock clock;

    ZoneFollower(PlannedZones zones, Reminders reminders, Clock clock) {
        this.zones = zones;
        this.reminders = reminders;
        this.clock = clock;
    }

    private record Attendance(EntryKey entry, Person person) {}

    /** Moves what waits in the transaction in which the site's new zone is taken over; returns how many moved. */
    @Transactional
    public int follow(SiteChanged changed) {
        if (!zones.turn(changed)) {
            return 0;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ZoneId zone = changed.document().timeZone();
        int moved = 0;
        List<Reminder> some = reminders.holdOnSiteClocks(changed.site(), "", ENTRIES_AT_ONCE);
        while (!some.isEmpty()) {
            List<Reminder> shifts = shifts(some, zone, now);
            reminders.settle(shifts);
            moved += shifts.size();
            some = reminders.holdOnSiteClocks(
                    changed.site(), some.getLast().slot().entry().entryId(), ENTRIES_AT_ONCE);
        }
        return moved;
    }

    private static List<Reminder> shifts(List<Reminder> some, ZoneId zone, Instant now) {
        Map<Attendance, List<Reminder>> byPerson = some.stream()
                .map(one ->
                        one.movedTo(RemindBefore.of(one.slot().remindBefore()).of(one.startsAt(), zone), now))
                .collect(Collectors.groupingBy(
                        one -> new Attendance(one.slot().entry(), one.slot().person()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        Map<Long, Instant> before = some.stream().collect(Collectors.toMap(Reminder::number, Reminder::dueAt));
        return byPerson.values().stream()
                .map(ofOne -> onlyTheLastThatIsDue(ofOne, now))
                .flatMap(Collection::stream)
                .filter(one -> !one.isPending() || !one.dueAt().equals(before.get(one.number())))
                .toList();
    }

    /** What the new zone makes due together would say the same in the same minute. */
    private static List<Reminder> onlyTheLastThatIsDue(List<Reminder> ofOne, Instant now) {
        List<Reminder> due = ofOne.stream()
                .filter(one -> !one.dueAt().isAfter(now))
                .sorted(Comparator.comparing(Reminder::dueAt).reversed())
                .toList();
        if (due.size() < 2) {
            return ofOne;
        }
        List<Reminder> left = new ArrayList<>(ofOne);
        due.stream().skip(1).forEach(one -> {
            left.remove(one);
            left.add(one.notSent(Reason.TOO_LATE, now));
        });
        return left;
    }
}

package org.casewire.notification.reminder;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.casewire.events.CalendarEvent.CalendarEntryChanged;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.RemindBefore;
import org.jspecify.annotations.Nullable;

/**
 * Who is to be reminded of an entry, and when. What is due already when the entry is written would leave at once; of
 * several such reminders only the last does, for they would say the same in the same minute, and one whose moment was
 * long over when it was asked for (ten years before next week) does not.
 */
final class Plan {

    private Plan() {}

    /** A reminder as the entry asks for it; {@code late} when another one makes it needless. */
    record Wanted(Person person, String remindBefore, Instant dueAt, boolean late) {}

    private record Moment(RemindBefore before, Instant dueAt) {}

    /**
     * Plans.
     *
     * @param siteZone where an entry without a zone of its own takes place
     * @param region where numbers in national form belong
     * @param said when the entry was written
     * @param catchUp how long before that a moment may have been that is made up for
     */
    static List<Wanted> of(CalendarEntryChanged entry, ZoneId siteZone, String region, Instant said, Duration catchUp) {
        Instant start = entry.startsAt();
        if (start == null || entry.cancelled()) {
            return List.of();
        }
        ZoneId zone = entry.timeZone() == null ? siteZone : entry.timeZone();
        List<Moment> moments = entry.remindBefore().stream()
                .map(before -> new Moment(before, before.of(start, zone)))
                .toList();
        @Nullable
        Moment useful = moments.stream()
                .filter(moment -> !moment.dueAt().isAfter(said)
                        && !moment.dueAt().plus(catchUp).isBefore(said))
                .max(Comparator.comparing(Moment::dueAt))
                .orElse(null);
        List<Wanted> wanted = new ArrayList<>();
        for (Person person : people(entry, region)) {
            for (Moment moment : moments) {
                boolean late = !moment.dueAt().isAfter(said) && !moment.equals(useful);
                wanted.add(new Wanted(person, moment.before().toString(), moment.dueAt(), late));
            }
        }
        return wanted;
    }

    /** One number may be written in two ways, and is one person. */
    private static List<Person> people(CalendarEntryChanged entry, String region) {
        Map<String, Person> people = new LinkedHashMap<>();
        Stream.concat(
                        entry.attendees().stream().map(user -> new Person(user, false)),
                        entry.clients().stream()
                                .map(number -> new Person(PhoneNumbers.normalised(number, region), true)))
                .forEach(person -> people.putIfAbsent(person.name(), person));
        return List.copyOf(people.values());
    }
}

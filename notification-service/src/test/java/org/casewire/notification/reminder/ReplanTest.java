package org.casewire.notification.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.casewire.events.CalendarEvent;
import org.casewire.events.CalendarEvent.CalendarEntryChanged;
import org.casewire.events.RemindBefore;
import org.casewire.events.transport.Received.Origin;
import org.casewire.notification.calendar.EntryChange;
import org.casewire.notification.reminder.Plan.Wanted;

/** Random lives of one entry, with texts handed over in between, against what an onlooker would expect. */
class ReplanTest {

    private static final Instant FIRST = Instant.parse("2026-03-01T00:00:00Z");

    /** One snapshot: in how many hours it starts, who attends, how long before they are reminded. */
    record Snapshot(int startsInHours, Set<String> attendees, Set<String> before, boolean cancelled, int hoursLater) {}

    @Provide
    Arbitrary<List<Snapshot>> lives() {
        Arbitrary<Set<String>> people =
                Arbitraries.of("ana", "ben", "cem").set().ofMaxSize(3);
        Arbitrary<Set<String>> befores =
                Arbitraries.of("P1D", "PT12H", "PT1H", "PT30M").set().ofMaxSize(3);
        return Combinators.combine(
                        Arbitraries.integers().between(1, 60),
                        people,
                        befores,
                        Arbitraries.of(false, false, false, true),
                        Arbitraries.integers().between(0, 12))
                .as(Snapshot::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    private static EntryChange change(Snapshot snapshot, Instant now) {
        CalendarEntryChanged entry = new CalendarEntryChanged(
                "demo",
                "e1",
                CalendarEvent.Kind.EVENT,
                "Hearing",
                null,
                FIRST.plus(Duration.ofHours(snapshot.startsInHours())),
                ZoneOffset.UTC,
                null,
                List.copyOf(snapshot.attendees()),
                List.of(),
                snapshot.before().stream().map(RemindBefore::of).toList(),
                snapshot.cancelled(),
                now);
        return new EntryChange(entry, false, new Origin("id", "demo|e1", now, "trace", "sms.calendar", 0, 0));
    }

    /** A table of rows that applies what a replan says, and hands over what is due. */
    private static final class Table {
        private final Map<String, Reminder> rows = new HashMap<>();
        private final List<String> ids = new ArrayList<>();
        private final Set<String> calledOff = new HashSet<>();
        private long numbers;

        private static String key(Reminder one) {
            return one.slot() + "#" + one.generation();
        }

        void apply(Snapshot snapshot, Instant now) {
            EntryChange change = change(snapshot, now);
            List<Wanted> wanted = Plan.of(change.entry(), ZoneOffset.UTC, "US", now, Duration.ofDays(1));
            Replan.Changes changes = Replan.of(change, wanted, List.copyOf(rows.values()), 0, now);
            for (Replan.Drop drop : changes.drops()) {
                Reminder one = drop.reminder();
                if (one.isHandedOver()) {
                    assertThat(calledOff.add(one.messageId().toString())).isTrue();
                }
                rows.put(key(one), as(one, State.DROPPED, one.number()));
            }
            changes.shifts().forEach(one -> rows.put(key(one), one));
            for (Reminder one : changes.additions()) {
                assertThat(rows).as("a generation is used once").doesNotContainKey(key(one));
                rows.put(key(one), as(one, one.state(), ++numbers));
            }
        }

        private static Reminder as(Reminder one, State state, long number) {
            return new Reminder(
                    number,
                    one.slot(),
                    one.generation(),
                    one.dueAt(),
                    one.startsAt(),
                    state,
                    one.reason(),
                    one.mobile(),
                    one.traceParent(),
                    one.changedAt());
        }

        void handOver(Instant now) {
            for (Reminder one : List.copyOf(rows.values())) {
                if (one.isPending() && !one.dueAt().isAfter(now)) {
                    rows.put(
                            key(one),
                            one.startsAt().isAfter(now)
                                    ? one.handedOver("+1", now)
                                    : one.notSent(Reason.TOO_LATE, now));
                    if (one.startsAt().isAfter(now)) {
                        ids.add(one.messageId().toString());
                    }
                }
            }
        }

        Set<String> pending() {
            Set<String> found = new TreeSet<>();
            rows.values().stream()
                    .filter(Reminder::isPending)
                    .forEach(one -> found.add(
                            one.slot().person().id() + " " + one.slot().remindBefore() + " " + one.dueAt()));
            return found;
        }
    }

    /** What must wait after the last snapshot: everything it asks for that lies ahead, and nothing else. */
    private static Set<String> expected(Snapshot last, Instant now) {
        Set<String> expected = new TreeSet<>();
        Instant start = FIRST.plus(Duration.ofHours(last.startsInHours()));
        if (last.cancelled()) {
            return expected;
        }
        for (String person : last.attendees()) {
            for (String before : last.before()) {
                Instant due = start.minus(
                        switch (before) {
                            case "P1D" -> Duration.ofDays(1);
                            case "PT12H" -> Duration.ofHours(12);
                            case "PT1H" -> Duration.ofHours(1);
                            default -> Duration.ofMinutes(30);
                        });
                if (due.isAfter(now)) {
                    expected.add(person + " " + before + " " + due);
                }
            }
        }
        return expected;
    }

    @Property(tries = 3_000)
    void whateverHappensToAnEntryWhatItAsksForLastIsWhatWaits(@ForAll("lives") List<Snapshot> life) {
        Table table = new Table();
        Instant now = FIRST;
        for (Snapshot snapshot : life) {
            now = now.plus(Duration.ofHours(snapshot.hoursLater()));
            table.handOver(now);
            table.apply(snapshot, now);
            table.handOver(now);
            assertThat(table.pending()).isEqualTo(expected(snapshot, now));
        }
        assertThat(table.ids).as("no id is asked for twice").doesNotHaveDuplicates();
        assertThat(table.ids).as("only what was asked for is called off").containsAll(table.calledOff);
        assertThat(table.rows.values())
                .as("what is on its way is of the last snapshot")
                .filteredOn(Reminder::isHandedOver)
                .allSatisfy(one -> assertThat(one.startsAt())
                        .isEqualTo(FIRST.plus(Duration.ofHours(life.getLast().startsInHours()))));
    }

    @Property(tries = 500)
    void theSameSnapshotAgainChangesNothing(@ForAll("lives") List<Snapshot> life) {
        Table table = new Table();
        Instant now = FIRST;
        for (Snapshot snapshot : life) {
            now = now.plus(Duration.ofHours(snapshot.hoursLater()));
            table.apply(snapshot, now);
            table.handOver(now);
            Map<String, Reminder> before = Map.copyOf(table.rows);
            table.apply(snapshot, now);
            assertThat(table.rows).isEqualTo(before);
        }
    }
}

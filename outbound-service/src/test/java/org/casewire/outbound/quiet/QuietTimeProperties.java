package org.casewire.outbound.quiet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.casewire.events.Purpose;
import org.casewire.events.SiteDocument.QuietHours;

/**
 * Held against an oracle that knows nothing of offsets: it looks at the recipient's clock once a minute. Quiet begins
 * at the first minute whose clock is at or past {@code from} of a day, and ends after the last one before {@code to}.
 */
class QuietTimeProperties {

    private static final Instant FIRST = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2031-01-01T00:00:00Z");
    private static final int MINUTES_BEFORE = 3 * 24 * 60;
    private static final int MINUTES = 8 * 24 * 60;
    private static final int PATIENCE = 2 * 24 * 60;
    private static final List<String> ZONES =
            ZoneId.getAvailableZoneIds().stream().sorted().toList();

    /** In which minutes from {@code MINUTES_BEFORE} minutes before the moment on it is quiet in a zone. */
    private static BitSet quietMinutes(Instant minute, List<QuietHours> hours, ZoneId zone) {
        Instant start = minute.minus(Duration.ofMinutes(MINUTES_BEFORE));
        List<LocalDateTime> clock = new ArrayList<>(MINUTES);
        for (int i = 0; i < MINUTES; i++) {
            clock.add(LocalDateTime.ofInstant(start.plusSeconds(60L * i), zone));
        }
        BitSet quiet = new BitSet(MINUTES);
        for (QuietHours window : hours) {
            for (int day = -1; day <= 9; day++) {
                LocalDateTime from =
                        clock.getFirst().toLocalDate().plusDays(day).atTime(window.from());
                LocalDateTime to = from.toLocalDate()
                        .plusDays(window.to().isBefore(window.from()) ? 1 : 0)
                        .atTime(window.to());
                int begin = 0;
                while (begin < MINUTES && clock.get(begin).isBefore(from)) {
                    begin++;
                }
                int end = MINUTES;
                while (end > 0 && !clock.get(end - 1).isBefore(to)) {
                    end--;
                }
                if (begin < end) {
                    quiet.set(begin, end);
                }
            }
        }
        return quiet;
    }

    private static void assertAgreesWithTheClock(List<QuietHours> hours, Set<ZoneId> zones, Instant at) {
        Instant minute = at.truncatedTo(java.time.temporal.ChronoUnit.MINUTES);
        BitSet quiet = new BitSet();
        zones.forEach(zone -> quiet.or(quietMinutes(minute, hours, zone)));
        int free = quiet.nextClearBit(MINUTES_BEFORE);
        if (free >= MINUTES_BEFORE + PATIENCE) {
            return;
        }
        Instant expected = free == MINUTES_BEFORE ? at : minute.plusSeconds(60L * (free - MINUTES_BEFORE));
        assertThat(QuietTime.releaseAt(hours, Purpose.REMINDER, zones, at).orElse(at))
                .as("release of %s in %s from %s", hours, zones, at)
                .isEqualTo(expected);
        int again = quiet.nextSetBit(free);
        assertThat(QuietTime.nextStart(hours, Purpose.REMINDER, zones, at))
                .as("end of the free time of %s in %s from %s", hours, zones, at)
                .hasValue(minute.plusSeconds(60L * (again - MINUTES_BEFORE)));
    }

    @Provide
    Arbitrary<Set<ZoneId>> zones() {
        return Arbitraries.of(ZONES).map(ZoneId::of).set().ofMinSize(1).ofMaxSize(4);
    }

    @Provide
    Arbitrary<List<QuietHours>> hours() {
        Arbitrary<LocalTime> times =
                Arbitraries.integers().between(0, 24 * 60 - 1).map(minute -> LocalTime.ofSecondOfDay(60L * minute));
        return Combinators.combine(times, times)
                .filter((from, to) -> !from.equals(to))
                .as((from, to) -> new QuietHours(from, to, Set.of(Purpose.REMINDER)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    /** Half of them within a day and a half of a clock change of the first zone, when it has any. */
    private static Instant near(ZoneId zone, Instant anywhere, boolean change, long seconds) {
        ZoneOffsetTransition next = change ? zone.getRules().nextTransition(anywhere) : null;
        return next == null || next.getInstant().isAfter(LAST)
                ? anywhere
                : next.getInstant().plusSeconds(seconds);
    }

    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.longs()
                .between(FIRST.getEpochSecond(), LAST.getEpochSecond())
                .map(Instant::ofEpochSecond);
    }

    @Provide
    Arbitrary<Long> distances() {
        return Arbitraries.longs().between(-130_000, 130_000);
    }

    @Property(tries = 600)
    void releaseAndNextStartAreWhatTheClocksShow(
            @ForAll("hours") List<QuietHours> hours,
            @ForAll("zones") Set<ZoneId> zones,
            @ForAll("moments") Instant anywhere,
            @ForAll boolean change,
            @ForAll("distances") long distance) {
        assertAgreesWithTheClock(hours, zones, near(zones.iterator().next(), anywhere, change, distance));
    }

    @Property(tries = 2_000)
    void nobodyIsTextedInAnHourThatIsQuietByTheirClock(
            @ForAll("hours") List<QuietHours> hours,
            @ForAll("zones") Set<ZoneId> zones,
            @ForAll("moments") Instant anywhere,
            @ForAll boolean change,
            @ForAll("distances") long distance) {
        Instant at = near(zones.iterator().next(), anywhere, change, distance);
        Instant release =
                QuietTime.releaseAt(hours, Purpose.REMINDER, zones, at).orElse(at);
        assertThat(release).isBetween(at, at.plus(Duration.ofHours(48)));
        assertThat(QuietTime.releaseAt(hours, Purpose.REMINDER, zones, release))
                .as("once released, nothing holds it again")
                .isEmpty();
        if (zones.size() == 1 && hours.size() == 1) {
            LocalTime clock = LocalTime.ofInstant(release, zones.iterator().next());
            assertThat(isWithin(clock, hours.getFirst())).isFalse();
        }
    }

    private static boolean isWithin(LocalTime clock, QuietHours window) {
        boolean after = !clock.isBefore(window.from());
        boolean before = clock.isBefore(window.to());
        return window.to().isAfter(window.from()) ? after && before : after || before;
    }

    /** Every zone there is, at every clock change from 2024 to 2030, with windows that begin and end within it. */
    @Example
    void everyClockChangeOfEveryZoneIsWhatTheClocksShow() {
        int changes = 0;
        Set<String> seen = new TreeSet<>();
        for (String name : ZONES) {
            ZoneId zone = ZoneId.of(name);
            for (ZoneOffsetTransition change : changes(zone.getRules())) {
                if (!seen.add(zone.getRules() + change.toString())) {
                    continue;
                }
                changes++;
                assertAroundTheChange(zone, change);
            }
        }
        assertThat(changes).isGreaterThan(400);
    }

    private static List<ZoneOffsetTransition> changes(ZoneRules rules) {
        return Stream.iterate(
                        rules.nextTransition(FIRST),
                        change -> change != null && change.getInstant().isBefore(LAST),
                        change -> rules.nextTransition(change.getInstant()))
                .toList();
    }

    private static void assertAroundTheChange(ZoneId zone, ZoneOffsetTransition change) {
        LocalTime middle = change.getDateTimeBefore()
                .plus(change.getDuration().dividedBy(2))
                .toLocalTime();
        List<QuietHours> ends = List.of(new QuietHours(LocalTime.of(21, 7), middle, Set.of(Purpose.REMINDER)));
        List<QuietHours> begins = List.of(new QuietHours(middle, LocalTime.of(8, 7), Set.of(Purpose.REMINDER)));
        Instant justBefore = change.getInstant().minusSeconds(1);
        assertAgreesWithTheClock(ends, Set.of(zone), justBefore);
        assertAgreesWithTheClock(begins, Set.of(zone, ZoneOffset.UTC), justBefore);
        assertAgreesWithTheClock(begins, Set.of(zone), change.getInstant().plusSeconds(3_000));
    }
}

package org.casewire.notification.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.casewire.events.RemindBefore;

/** When a reminder is due, against the offsets of the zone and nothing else, in every zone and around every change. */
class ReminderTimesTest {

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(ZoneId.getAvailableZoneIds().stream()
                .filter(id -> !id.startsWith("SystemV"))
                .sorted()
                .map(ZoneId::of)
                .toList());
    }

    /** Near a change of the zone's clocks, where there is one, so that most cases meet it. */
    private static Instant near(ZoneId zone, int year, int minutes) {
        Instant middle = LocalDateTime.of(year, 1, 15, 12, 0).toInstant(ZoneOffset.UTC);
        var change = zone.getRules().nextTransition(middle);
        return (change == null ? middle : change.getInstant()).plus(Duration.ofMinutes(minutes));
    }

    /** The first moment whose wall clock shows that time or a later one, looked for minute by minute. */
    private static Instant oracle(Instant start, int days, ZoneId zone) {
        LocalDateTime wanted = LocalDateTime.ofInstant(start, zone).minusDays(days);
        Instant earliest = wanted.toInstant(ZoneOffset.MAX);
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(wanted);
        return offsets.stream().map(wanted::toInstant).min(Instant::compareTo).orElseGet(() -> {
            Instant at = earliest;
            while (LocalDateTime.ofInstant(at, zone).isBefore(wanted)) {
                at = at.plusSeconds(60 - at.getEpochSecond() % 60);
            }
            return at;
        });
    }

    @Property(tries = 5_000)
    void daysKeepTheWallClockOrAreTheFirstMomentAfterIt(
            @ForAll("zones") ZoneId zone,
            @ForAll @IntRange(min = 1990, max = 2037) int year,
            @ForAll @IntRange(min = -2_880, max = 4_320) int minutes,
            @ForAll @IntRange(min = 1, max = 3) int days) {
        Instant start = near(zone, year, minutes);
        Instant due = new RemindBefore(Period.ofDays(days), Duration.ZERO).of(start, zone);
        assertThat(due).isEqualTo(oracle(start, days, zone)).isBeforeOrEqualTo(start);
    }

    /** Kwajalein changed the side of the date line: after the 20th of August 1993 came the 22nd. */
    @Example
    void onTheDayAfterOneThatAZoneLeftOutTheFirstMomentIsItsOwn() {
        ZoneId zone = ZoneId.of("Pacific/Kwajalein");
        RemindBefore aDay = new RemindBefore(Period.ofDays(1), Duration.ZERO);
        Instant midnight = Instant.parse("1993-08-21T12:00:00Z");
        assertThat(aDay.of(midnight, zone)).isEqualTo(midnight);
        assertThat(aDay.of(midnight.plusSeconds(60), zone)).isEqualTo(midnight);
        assertThat(aDay.of(midnight.minusSeconds(60), zone)).isEqualTo(midnight.minusSeconds(60 + 86_400));
    }

    @Property(tries = 2_000)
    void hoursAreExactWhateverTheClocksDo(
            @ForAll("zones") ZoneId zone,
            @ForAll @IntRange(min = 1990, max = 2037) int year,
            @ForAll @IntRange(min = -2_880, max = 2_880) int minutes,
            @ForAll @IntRange(min = 1, max = 100) int hours) {
        Instant start = near(zone, year, minutes);
        assertThat(RemindBefore.of("PT" + hours + "H").of(start, zone)).isEqualTo(start.minusSeconds(hours * 3_600L));
        assertThat(RemindBefore.of("P1DT" + hours + "H").of(start, zone))
                .isEqualTo(RemindBefore.of("P1D").of(start, zone).minusSeconds(hours * 3_600L));
    }
}

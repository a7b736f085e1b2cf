package org.casewire.notification.unanswered;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.casewire.events.SiteDocument.WorkingHours;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingTimeTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private static WorkingHours weekdays(String from, String to) {
        return new WorkingHours(null, LocalTime.parse(from), LocalTime.parse(to));
    }

    @ParameterizedTest
    @CsvSource({
        // A Friday afternoon to the Monday after; 8 March 2026 has 23 hours in New York.
        "2026-03-06T21:00:00Z, 2026-03-09T14:00:00Z, 09:00, 17:00, PT2H",
        // Only Friday's night is a weekday's, though it ends on a Saturday; Sunday's, which ends on a Monday, is not.
        "2026-10-30T20:00:00Z, 2026-11-02T15:00:00Z, 22:00, 06:00, PT8H",
        "2026-03-03T12:00:00Z, 2026-03-03T13:00:00Z, 09:00, 17:00, PT0S",
        "2026-03-03T14:00:00Z, 2026-03-03T14:00:00.250Z, 09:00, 17:00, PT0.25S",
        "2026-03-03T12:00:00Z, 2026-03-02T12:00:00Z, 09:00, 17:00, PT0S",
        "2026-03-02T17:00:00Z, 2026-03-04T17:00:00Z, 00:00, 00:00, PT48H"
    })
    void itIsTheTimeWithinTheHours(Instant from, Instant until, String opens, String closes, Duration expected) {
        assertThat(WorkingTime.between(from, until, NEW_YORK, weekdays(opens, closes)))
                .isEqualTo(expected);
    }

    @Test
    void withoutHoursEveryMomentCounts() {
        Instant from = Instant.parse("2026-03-06T21:00:00Z");
        assertThat(WorkingTime.between(from, from.plusSeconds(200_000), NEW_YORK, null))
                .isEqualTo(Duration.ofSeconds(200_000));
    }

    /** Minute by minute: what does the clock on the wall show? */
    @Property(tries = 150)
    void itIsWhatTheClockOnTheWallShows(
            @ForAll("zones") ZoneId zone,
            @ForAll("hours") WorkingHours hours,
            @ForAll @IntRange(max = 525_000) int minuteOfTheYear,
            @ForAll @IntRange(max = 9_000) int minutes) {
        Instant from = Instant.parse("2026-01-01T00:00:00Z").plus(minuteOfTheYear, ChronoUnit.MINUTES);
        int open = 0;
        for (int minute = 0; minute < minutes; minute++) {
            if (isOpen(from.plus(minute, ChronoUnit.MINUTES).atZone(zone), hours)) {
                open++;
            }
        }
        assertThat(WorkingTime.between(from, from.plus(minutes, ChronoUnit.MINUTES), zone, hours))
                .isEqualTo(Duration.ofMinutes(open));
    }

    private static boolean isOpen(ZonedDateTime wall, WorkingHours hours) {
        boolean today = hours.days().contains(wall.getDayOfWeek());
        boolean yesterday = hours.days().contains(wall.getDayOfWeek().minus(1));
        boolean begun = !wall.toLocalTime().isBefore(hours.from());
        boolean notOver = wall.toLocalTime().isBefore(hours.to());
        boolean overNight = !hours.from().isBefore(hours.to());
        return overNight ? today && begun || yesterday && notOver : today && begun && notOver;
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                        "America/New_York",
                        "America/St_Johns",
                        "Australia/Lord_Howe",
                        "Pacific/Kiritimati",
                        "Asia/Kathmandu",
                        "Africa/Casablanca",
                        "UTC")
                .map(ZoneId::of);
    }

    @Provide
    Arbitrary<WorkingHours> hours() {
        Arbitrary<LocalTime> times =
                Arbitraries.integers().between(0, 1439).map(minute -> LocalTime.MIDNIGHT.plusMinutes(minute));
        Arbitrary<Set<DayOfWeek>> days = Arbitraries.of(DayOfWeek.class).set().ofMaxSize(7);
        return Combinators.combine(days, times, times).as(WorkingHours::new);
    }
}

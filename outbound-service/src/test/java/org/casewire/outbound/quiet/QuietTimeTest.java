package org.casewire.outbound.quiet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.casewire.events.Purpose;
import org.casewire.events.SiteDocument.QuietHours;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class QuietTimeTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final ZoneId LOS_ANGELES = ZoneId.of("America/Los_Angeles");
    private static final List<QuietHours> NIGHT = List.of(quiet("21:00", "08:00"));

    private static QuietHours quiet(String from, String to, Purpose... purposes) {
        return new QuietHours(
                LocalTime.parse(from),
                LocalTime.parse(to),
                purposes.length == 0 ? null : EnumSet.copyOf(List.of(purposes)));
    }

    private static Instant release(List<QuietHours> hours, String at, ZoneId... zones) {
        return QuietTime.releaseAt(hours, Purpose.REMINDER, Set.of(zones), Instant.parse(at))
                .orElse(Instant.parse(at));
    }

    private static Instant nextStart(List<QuietHours> hours, String at, ZoneId... zones) {
        return QuietTime.nextStart(hours, Purpose.REMINDER, Set.of(zones), Instant.parse(at))
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-07-01T16:00:00Z, 2026-07-01T16:00:00Z", // noon
        "2026-07-02T00:59:59.999Z, 2026-07-02T00:59:59.999Z", // just before nine in the evening
        "2026-07-02T01:00:00Z, 2026-07-02T12:00:00Z",
        "2026-07-02T05:30:00Z, 2026-07-02T12:00:00Z", // after midnight
        "2026-07-02T11:59:59.999Z, 2026-07-02T12:00:00Z",
        "2026-07-02T12:00:00Z, 2026-07-02T12:00:00Z",
        "2026-03-08T04:00:00Z, 2026-03-08T12:00:00Z", // the night that is an hour shorter
        "2026-11-01T03:00:00Z, 2026-11-01T13:00:00Z" // and the one that is longer
    })
    void aTextWaitsForTheEndOfTheNight(String at, String release) {
        assertThat(release(NIGHT, at, NEW_YORK)).isEqualTo(release);
    }

    @Test
    void aTextWaitsUntilItIsDayInEveryZoneThePersonMayBeIn() {
        assertThat(release(NIGHT, "2026-07-01T12:30:00Z", NEW_YORK, LOS_ANGELES))
                .isEqualTo("2026-07-01T15:00:00Z");
        assertThat(release(NIGHT, "2026-07-02T02:00:00Z", NEW_YORK, LOS_ANGELES))
                .isEqualTo("2026-07-02T15:00:00Z");
    }

    @Test
    void windowsThatMeetAreOne() {
        List<QuietHours> hours = List.of(quiet("21:00", "08:00"), quiet("08:00", "09:30"), quiet("09:00", "10:00"));
        assertThat(release(hours, "2026-07-02T02:00:00Z", NEW_YORK)).isEqualTo("2026-07-02T14:00:00Z");
    }

    @Test
    void anEndThatTheClockSkipsIsTheFirstMomentAfterIt() {
        assertThat(release(List.of(quiet("21:00", "02:30")), "2026-03-08T04:00:00Z", NEW_YORK))
                .isEqualTo("2026-03-08T07:00:00Z");
    }

    @Test
    void aBeginThatTheClockSkipsIsTheFirstMomentAfterIt() {
        assertThat(nextStart(List.of(quiet("02:30", "08:00")), "2026-03-08T06:00:00Z", NEW_YORK))
                .isEqualTo("2026-03-08T07:00:00Z");
    }

    @Test
    void aWindowThatTheClockSkipsWholeIsNotThere() {
        List<QuietHours> hours = List.of(quiet("02:15", "02:45"));
        assertThat(release(hours, "2026-03-08T07:00:00Z", NEW_YORK)).isEqualTo("2026-03-08T07:00:00Z");
        assertThat(nextStart(hours, "2026-03-08T07:00:00Z", NEW_YORK)).isEqualTo("2026-03-09T06:15:00Z");
    }

    @Test
    void anEndThatTheClockShowsTwiceIsTheSecondOne() {
        assertThat(release(List.of(quiet("21:00", "01:30")), "2026-11-01T03:00:00Z", NEW_YORK))
                .isEqualTo("2026-11-01T06:30:00Z");
    }

    @Test
    void aBeginThatTheClockShowsTwiceIsTheFirstOne() {
        assertThat(nextStart(List.of(quiet("01:30", "08:00")), "2026-11-01T04:00:00Z", NEW_YORK))
                .isEqualTo("2026-11-01T05:30:00Z");
    }

    @Test
    void theNextQuietTimeIsTheFirstInAnyZone() {
        assertThat(nextStart(NIGHT, "2026-07-01T16:00:00Z", NEW_YORK, LOS_ANGELES))
                .isEqualTo("2026-07-02T01:00:00Z");
    }

    @Test
    void ofATimeThatIsQuietTheNextQuietTimeFollowsItsEnd() {
        assertThat(nextStart(NIGHT, "2026-07-01T07:00:00Z", NEW_YORK)).isEqualTo("2026-07-02T01:00:00Z");
    }

    @ParameterizedTest
    @EnumSource(Purpose.class)
    void onlyThePurposesOfAWindowWaitForItsEnd(Purpose purpose) {
        List<QuietHours> hours = List.of(quiet("21:00", "08:00", Purpose.REMINDER, Purpose.STATEMENT));
        Instant night = Instant.parse("2026-07-02T05:00:00Z");
        boolean waits = purpose == Purpose.REMINDER || purpose == Purpose.STATEMENT;
        assertThat(QuietTime.releaseAt(hours, purpose, Set.of(NEW_YORK), night))
                .isEqualTo(waits ? Optional.of(Instant.parse("2026-07-02T12:00:00Z")) : Optional.empty());
        assertThat(QuietTime.nextStart(hours, purpose, Set.of(NEW_YORK), night).isPresent())
                .isEqualTo(waits);
    }

    @Test
    void withoutACommonMomentATextLeavesWhileItIsQuietInTheFewestZones() {
        List<QuietHours> hours = List.of(quiet("18:00", "12:00"));
        ZoneId[] zones = {ZoneId.of("Asia/Tokyo"), NEW_YORK, ZoneId.of("America/Chicago")};
        Instant release = release(hours, "2026-07-01T10:00:00Z", zones);
        // Day in New York and Chicago, night in Tokyo.
        assertThat(release).isEqualTo("2026-07-01T17:00:00Z");
        assertThat(release(hours, "2026-07-01T21:59:00Z", zones)).isEqualTo("2026-07-01T21:59:00Z");
        assertThat(release(hours, "2026-07-01T22:00:00Z", zones)).isEqualTo("2026-07-02T17:00:00Z");
        assertThat(nextStart(hours, "2026-07-01T10:00:00Z", zones)).isEqualTo("2026-07-01T22:00:00Z");
    }

    @Test
    void hoursThatAreQuietAroundTheClockHoldNothingForEver() {
        List<QuietHours> hours = List.of(quiet("00:00", "12:00"), quiet("12:00", "00:00"));
        Instant now = Instant.parse("2026-07-01T10:00:00Z");
        assertThat(QuietTime.releaseAt(hours, Purpose.REMINDER, Set.of(NEW_YORK), now))
                .isEmpty();
        assertThat(QuietTime.nextStart(hours, Purpose.REMINDER, Set.of(NEW_YORK), now))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "+14045387319, America/New_York",
        "+13125550123, America/Chicago",
        "+18085550123, Pacific/Honolulu",
        "+14165550123, America/Toronto",
        "+442071838750, Europe/London",
        "+88312345678, America/Denver",
        "33733, America/Denver",
        "nobody, America/Denver"
    })
    void aPersonIsWhereTheirNumberIsElseWhereTheSiteIs(String number, String zone) {
        assertThat(QuietTime.zonesOf(number, Set.of(), ZoneId.of("America/Denver")))
                .containsExactly(ZoneId.of(zone));
    }

    @Test
    void aNumberOfSeveralZonesMayBeInAnyOfThem() {
        assertThat(QuietTime.zonesOf("+12085550123", Set.of(), ZoneId.of("America/Denver")))
                .containsExactlyInAnyOrder(ZoneId.of("America/Boise"), LOS_ANGELES);
        assertThat(QuietTime.zonesOf("+18005550123", Set.of(), ZoneId.of("America/Denver")))
                .contains(NEW_YORK, LOS_ANGELES);
    }

    @Test
    void whatTheUpstreamSaysSettlesThePersonsZone() {
        assertThat(QuietTime.zonesOf("+14045387319", Set.of(LOS_ANGELES), NEW_YORK))
                .containsExactly(LOS_ANGELES);
    }
}

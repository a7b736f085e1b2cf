package org.casewire.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.casewire.events.ActivityEvent.ActivityReported;
import org.casewire.events.CalendarEvent.CalendarEntryChanged;
import org.casewire.events.transport.WireJson;
import org.casewire.events.transport.WireJson.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarEventTest {

    private static final String PLAIN = """
            "site":"demo","entryId":"e1","updatedAt":"2026-03-01T10:00:00Z\"""";
    private static final String START = ",\"startsAt\":\"2026-03-09T13:00:00Z\"";

    private static <T> Reading<T> read(String json, Class<T> type) {
        return WireJson.read(json.getBytes(StandardCharsets.UTF_8), type);
    }

    private static Reading<CalendarEntryChanged> entry(String fields) {
        return read("{" + PLAIN + fields + "}", CalendarEntryChanged.class);
    }

    @Test
    void whatIsLeftOutOfAnEntryTakesItsDefault() {
        CalendarEntryChanged entry = entry(START).value();
        assertThat(entry.kind()).isEqualTo(CalendarEvent.Kind.EVENT);
        assertThat(entry.cancelled()).isFalse();
        assertThat(entry.attendees()).isEmpty();
        assertThat(entry.clients()).isEmpty();
        assertThat(entry.remindBefore()).isEmpty();
    }

    @Test
    void onlyACancelledEntryMayBeWithoutAStart() {
        assertThat(entry(",\"cancelled\":true").value().cancelled()).isTrue();
        assertThatThrownBy(() -> entry("")).rootCause().hasMessage("startsAt is missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\0', textBlock = """
                    "timeZone":"Mars/Olympus"       ~ timeZone is not an IANA time zone like America/New_York
                    "kind":"PARTY"                  ~ kind is not one of [TASK, EVENT]
                    "remindBefore":["PT1H","soon"]  ~ remindBefore.1 must be an ISO 8601 duration above zero
                    "remindBefore":["-PT1H"]        ~ remindBefore.0 must be an ISO 8601 duration above zero
                    "remindBefore":["PT0S"]         ~ remindBefore.0 must be an ISO 8601 duration above zero
                    "remindBefore":["P1DT-1H"]      ~ remindBefore.0 must be an ISO 8601 duration above zero
                    "remindBefore":["P101Y"]        ~ remindBefore.0 must be an ISO 8601 duration above zero and at most P100Y
                    "remindBefore":["P99999999999Y"] ~ remindBefore.0 must be
                    "remindBefore":["P"]            ~ remindBefore.0 must be
                    "remindBefore":["PT"]           ~ remindBefore.0 must be
                    "remindBefore":[60]             ~ remindBefore.0
                    "cancelled":"perhaps"           ~ cancelled is not true or false
                    "caseRef":{"kind":"CASE"}       ~ caseRef id is missing
                    """)
    void aFieldThatCannotBeReadIsNamed(String field, String problem) {
        assertThat(entry(START + "," + field).problems().toString()).contains(problem);
    }

    @Test
    void tenYearsBeforeIsReadAndTheSameTimesAreOne() {
        CalendarEntryChanged entry = entry(START + ",\"remindBefore\":[\"P10Y\",\"PT60M\",\"PT1H\",\"P7D\",\"P1W\"]")
                .value();
        assertThat(entry.remindBefore()).extracting(RemindBefore::toString).containsExactly("P10Y", "PT1H", "P7D");
    }

    @Test
    void tenThousandAttendeesAreTakenAndMoreAreRefused() {
        assertThat(entry(START + ",\"attendees\":" + users(10_000)).value().attendees())
                .hasSize(10_000);
        assertThatThrownBy(() -> entry(START + ",\"attendees\":" + users(10_001)))
                .rootCause()
                .hasMessage("attendees has 10,001 entries and may have at most 10,000");
    }

    private static String users(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"u" + i + "\"").collect(Collectors.joining(",", "[", "]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\0', textBlock = """
                    "attendees":["a|b"]                  ~ attendees[0] must be 1 to 100 characters
                    "entryId":"a/b"                      ~ entryId must be 1 to 100 characters
                    "startsAt":"+12000-01-01T00:00:00Z"  ~ startsAt must lie between
                    """)
    void whatCouldNotStandInAKeyOrACalendarIsRefused(String field, String reason) {
        assertThatThrownBy(() -> entry(START + "," + field)).rootCause().hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "P1D,     2026-03-08T16:00:00Z, America/New_York, 2026-03-07T17:00:00Z",
        "PT24H,   2026-03-08T16:00:00Z, America/New_York, 2026-03-07T16:00:00Z",
        "P1D,     2026-03-09T06:30:00Z, America/New_York, 2026-03-08T07:00:00Z",
        "P1D,     2026-11-02T06:30:00Z, America/New_York, 2026-11-01T05:30:00Z",
        "P1DT2H,  2026-03-08T16:00:00Z, America/New_York, 2026-03-07T15:00:00Z",
        "P1M,     2026-03-31T16:00:00Z, UTC,              2026-02-28T16:00:00Z",
        "P1D,     2011-12-30T20:00:00Z, Pacific/Apia,     2011-12-30T10:00:00Z"
    })
    void daysKeepTheWallClockAndHoursAreExact(String before, Instant start, ZoneId zone, Instant due) {
        assertThat(RemindBefore.of(before).of(start, zone)).isEqualTo(due);
    }

    @Test
    void anActivityOfAnUnknownTypeIsNamed() {
        assertThatThrownBy(() -> read("""
                {"site":"demo","activityId":"a1","type":null}""", ActivityReported.class)).rootCause().hasMessage("type is missing");
        assertThat(read("""
                {"site":"demo","activityId":"a1","type":"STAFF_LATE","recipients":["x"],"values":{"a":"1"}}""", ActivityReported.class).value().recipients()).isEqualTo(List.of("x"));
    }
}

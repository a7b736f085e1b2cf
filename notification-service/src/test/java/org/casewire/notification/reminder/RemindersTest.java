package org.casewire.notification.reminder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.casewire.events.CaseRef;
import org.casewire.events.MessageHeader;
import org.casewire.events.OutboundEvent.MessageAccepted;
import org.casewire.events.OutboundEvent.MessageRejected;
import org.casewire.events.Purpose;
import org.casewire.events.RejectionReason;
import org.casewire.events.Topics;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestTokens;
import org.casewire.notification.Diary;
import org.casewire.notification.SettableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.StatusAssertions;
import tools.jackson.databind.JsonNode;

@ServiceTest
class RemindersTest {

    private static final String TOMORROW_AT_TEN = "2026-03-03T15:00:00Z";
    private static final String TOMORROW_AT_FOUR = "2026-03-03T21:00:00Z";

    private final Diary diary;
    private final RestTestClient http;
    private final SettableClock clock;
    private final JdbcClient jdbc;
    private final String entry = Diary.anId("e");
    private final String mobile = Diary.aMobile();

    RemindersTest(Sites sites, RestTestClient http, SettableClock clock, JdbcClient jdbc) {
        this.diary = Diary.open("reminders", sites, ",\"senders\":[]");
        this.http = http;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    @BeforeEach
    void itIsMondayMorning() {
        clock.set("2026-03-02T12:00:00Z");
    }

    @AfterEach
    void timeRunsAgain() {
        jdbc.sql("DELETE FROM reminders").update();
        clock.run();
    }

    private void awaitStanding(String... reminders) {
        await().untilAsserted(() -> assertThat(diary.standing(http, entry)).containsExactly(reminders));
    }

    private List<JsonNode> awaitAsked(int count) {
        await().untilAsserted(() -> assertThat(diary.asked(mobile)).hasSize(count));
        return diary.asked(mobile);
    }

    private void nothingIsAsked() {
        await().during(Duration.ofMillis(700))
                .untilAsserted(() -> assertThat(diary.asked(mobile)).isEmpty());
    }

    @Test
    void anAttendeeIsRemindedAtEachMomentAndNotBefore() {
        String user = diary.aUser(mobile);
        diary.writes(
                entry,
                Diary.event(TOMORROW_AT_TEN, user, "P1D PT2H")
                        + ",\"location\":\"Courtroom 4\",\"caseRef\":{\"kind\":\"CASE\",\"id\":\"16E-1\"}");
        awaitStanding("PT2H PENDING", "P1D PENDING");
        JsonNode planned = diary.list(http, "?entry=" + entry).get("items").get(1);

        clock.set("2026-03-02T14:59:59.999Z");
        nothingIsAsked();
        clock.set("2026-03-02T15:00:00Z");
        JsonNode first = awaitAsked(1).getFirst();
        assertThat(first.get("messageId")).isEqualTo(planned.get("messageId"));
        assertThat(first.get("body").asString())
                .isEqualTo("Reminder: Hearing on Tuesday, March 3 at 10:00 AM EST, Courtroom 4.");
        assertThat(first.get("to").asString()).isEqualTo(mobile);
        assertThat(first.get("purpose").asString()).isEqualTo("REMINDER");
        assertThat(first.get("audience").asString()).isEqualTo("STAFF");
        assertThat(first.get("expiresAt").asString()).isEqualTo(TOMORROW_AT_TEN);
        assertThat(first.get("caseRef").get("id").asString()).isEqualTo("16E-1");
        assertThat(first.get("attributes").get("userId").asString()).isEqualTo(user);
        assertThat(UUID.fromString(first.get("messageId").asString()).version()).isEqualTo(5);
        awaitStanding("PT2H PENDING", "P1D HANDED_OVER");

        clock.set("2026-03-03T13:00:00Z");
        assertThat(awaitAsked(2).getLast().get("messageId")).isNotEqualTo(first.get("messageId"));
        awaitStanding("PT2H HANDED_OVER", "P1D HANDED_OVER");
    }

    @Test
    void aMovedEntryTakesItsRemindersAlong() {
        String user = diary.aUser(mobile);
        diary.writes(entry, Diary.event(TOMORROW_AT_TEN, user, "P1D PT2H"));
        awaitStanding("PT2H PENDING", "P1D PENDING");
        clock.set("2026-03-02T15:00:00Z");
        JsonNode first = awaitAsked(1).getFirst();

        diary.writes(entry, Diary.event(TOMORROW_AT_FOUR, user, "P1D PT2H"));
        awaitStanding("PT2H PENDING", "PT2H DROPPED MOVED", "P1D PENDING", "P1D DROPPED MOVED");
        awaitAsked(2);
        assertThat(diary.askedKinds(mobile)).containsExactly("SendRequested", "SendCancelled");
        assertThat(diary.asked(mobile).getLast().get("messageId")).isEqualTo(first.get("messageId"));

        clock.set("2026-03-02T21:00:00Z");
        JsonNode again = awaitAsked(3).getLast();
        assertThat(again.get("messageId")).isNotEqualTo(first.get("messageId"));
        assertThat(again.get("body").asString()).contains("at 4:00 PM EST");
    }

    @Test
    void anotherTitleLeavesTheRemindersAsTheyAreAndIsWhatTheySay() {
        String user = diary.aUser(mobile);
        diary.writes(entry, Diary.event(TOMORROW_AT_TEN, user, "PT2H"));
        awaitStanding("PT2H PENDING");
        diary.writes(entry, Diary.event(TOMORROW_AT_TEN, user, "PT2H PT1H") + ",\"title\":\"Mediation\"");
        awaitStanding("PT1H PENDING", "PT2H PENDING");
        clock.set("2026-03-03T13:00:00Z");
        assertThat(awaitAsked(1).getFirst().get("body").asString()).contains("Mediation");
        diary.writes(entry, Diary.event(TOMORROW_AT_TEN, user, "PT2H"));
        awaitStanding("PT1H DROPPED NO_LONGER_WANTED", "PT2H HANDED_OVER");
    }

    @Test
    void whoNoLongerAttendsIsNotRemindedAndWhoComesBackIs() {
        String user = diary.aUser(mobile);
        diary.writes(entry, Diary.event(TOMORROW_AT_TEN, user, "PT2H"));
        awaitStanding("PT2H PENDING");
        diary.writes(entry, Diary.event(TOMORROW_AT_TEN, "", "PT2H"));
        awaitStanding("PT2H DROPPED NOT_ATTENDING");
        diary.writes(entry, Diary.event(TOMORROW_AT_TEN, user, "PT2H"));
        awaitStanding("PT2H PENDING", "PT2H DROPPED NOT_ATTENDING");
        clock.set("2026-03-03T13:00:00Z");
        awaitAsked(1);
    }

    @Test
    void aCancelledEntryRemindsNobodyUntilItTakesPlaceAfterAll() {
        String user = diary.aUser(mobile);
        diary.writes(entry, Diary.event(TOMORROW_AT_TEN, user, "P1D PT2H"));
        clock.set("2026-03-02T15:00:00Z");
        awaitAsked(1);
        diary.writes(entry, "\"cancelled\":true");
        awaitStanding("PT2H DROPPED CANCELLED", "P1D DROPPED CANCELLED");
        awaitAsked(2);
        assertThat(diary.askedKinds(mobile)).containsExactly("SendRequested", "SendCancelled");
        diary.writes(entry, Diary.event(TOMORROW_AT_TEN, user, "PT2H"));
        clock.set("2026-03-03T13:00:00Z");
        List<JsonNode> all = awaitAsked(3);
        assertThat(all.stream().map(one -> one.get("messageId").asString()).distinct())
                .hasSize(2);
    }

    @Test
    void aDeletedEntryComesBackOnlyWithALaterSnapshot() {
        String user = diary.aUser(mobile);
        diary.writesAt("2026-03-01T10:00:00Z", entry, Diary.event(TOMORROW_AT_TEN, user, "PT2H"));
        awaitStanding("PT2H PENDING");
        diary.deletes(entry);
        awaitStanding("PT2H DROPPED ENTRY_DELETED");
        diary.writesAt("2026-03-01T11:00:00Z", entry, Diary.event(TOMORROW_AT_TEN, user, "PT2H"));
        String other = Diary.anId("e");
        diary.writes(other, Diary.event(TOMORROW_AT_TEN, user, "PT1H"));
        await().untilAsserted(() -> assertThat(diary.standing(http, other)).containsExactly("PT1H PENDING"));
        await().during(Duration.ofMillis(300))
                .untilAsserted(
                        () -> assertThat(diary.standing(http, entry)).containsExactly("PT2H DROPPED ENTRY_DELETED"));
        diary.writes(entry, Diary.event(TOMORROW_AT_TEN, user, "PT2H"));
        awaitStanding("PT2H PENDING", "PT2H DROPPED ENTRY_DELETED");
    }

    @Test
    void anOlderSnapshotChangesNothing() {
        String user = diary.aUser(mobile);
        diary.writesAt("2026-03-02T10:00:00Z", entry, Diary.event(TOMORROW_AT_TEN, user, "PT2H"));
        diary.writesAt("2026-03-02T09:00:00Z", entry, Diary.event(TOMORROW_AT_FOUR, user, "PT1H"));
        diary.writesAt("2026-03-02T10:00:01Z", entry, Diary.event(TOMORROW_AT_TEN, user, "PT2H PT30M"));
        awaitStanding("PT30M PENDING", "PT2H PENDING");
    }

    @Test
    void whatIsOnItsWayFollowsThePhone() {
        String user = diary.aUser(mobile);
        diary.writes(entry, Diary.event(TOMORROW_AT_TEN, user, "P1D PT2H"));
        clock.set("2026-03-02T15:00:00Z");
        JsonNode first = awaitAsked(1).getFirst();
        String other = Diary.aMobile();
        diary.profile(user, "\"mobile\":\"" + other + "\"");
        await().untilAsserted(() -> assertThat(diary.asked(other)).hasSize(1));
        assertThat(diary.askedKinds(mobile)).containsExactly("SendRequested", "SendCancelled");
        assertThat(diary.asked(other).getFirst().get("messageId")).isNotEqualTo(first.get("messageId"));
        awaitStanding("PT2H PENDING", "P1D HANDED_OVER", "P1D DROPPED PROFILE_CHANGED");
        clock.set("2026-03-03T13:00:00Z");
        await().untilAsserted(() -> assertThat(diary.asked(other)).hasSize(2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\0', textBlock = """
                    "active":false,"mobile":"%s"          ~ USER_INACTIVE
                    "textingEnabled":false,"mobile":"%s"  ~ TEXTING_OFF
                    "mobile":" "                          ~ NO_MOBILE
                    """)
    void whoCannotBeTextedAnyMoreIsNotAndIsReported(String profile, String reason) {
        String user = diary.aUser(mobile);
        diary.writes(entry, Diary.event(TOMORROW_AT_TEN, user, "P1D PT2H"));
        clock.set("2026-03-02T15:00:00Z");
        awaitAsked(1);
        diary.profile(user, profile.formatted(mobile));
        awaitAsked(2);
        assertThat(diary.askedKinds(mobile)).containsExactly("SendRequested", "SendCancelled");
        awaitStanding("PT2H BLOCKED " + reason, "P1D NOT_SENT " + reason, "P1D DROPPED PROFILE_CHANGED");
        diary.profile(user, "\"mobile\":\"" + mobile + "\"");
        awaitAsked(3);
        awaitStanding("PT2H PENDING", "P1D HANDED_OVER", "P1D DROPPED PROFILE_CHANGED");
    }

    @Test
    void anAttendeeWithoutAMobileIsReportedAndRemindedWhenOneComesInTime() {
        String user = Diary.anId("u");
        diary.writes(entry, Diary.event(TOMORROW_AT_TEN, user, "P1D PT2H PT1H"));
        awaitStanding("PT1H BLOCKED UNKNOWN_USER", "PT2H BLOCKED UNKNOWN_USER", "P1D BLOCKED UNKNOWN_USER");
        diary.profile(user, "\"email\":\"maria@example.org\"");
        awaitStanding("PT1H BLOCKED NO_MOBILE", "PT2H BLOCKED NO_MOBILE", "P1D BLOCKED NO_MOBILE");
        assertThat(diary.list(http, "?state=BLOCKED&entry=" + entry)
                        .get("items")
                        .get(0)
                        .get("why")
                        .asString())
                .contains("no mobile number");
        clock.set("2026-03-03T13:00:00Z");
        awaitStanding("PT1H BLOCKED NO_MOBILE", "PT2H NOT_SENT NO_MOBILE", "P1D NOT_SENT NO_MOBILE");
        diary.profile(user, "\"mobile\":\"" + mobile + "\"");
        awaitAsked(1);
        awaitStanding("PT1H PENDING", "PT2H HANDED_OVER", "P1D NOT_SENT NO_MOBILE");
    }

    @Test
    void aNumberThatIsNoneIsReportedWhenItsTimeComes() {
        String user = diary.aUser("555-12");
        diary.writes(entry, Diary.event(TOMORROW_AT_TEN, user, "P1D"));
        clock.set("2026-03-02T15:00:00Z");
        awaitStanding("P1D NOT_SENT INVALID_MOBILE");
    }

    @Test
    void whatIsTooLateIsNotSentAndSaidSo() {
        String user = diary.aUser(mobile);
        diary.writes(entry, Diary.event("2026-03-02T11:59:00Z", user, "PT1H"));
        awaitStanding("PT1H NOT_SENT TOO_LATE");
        nothingIsAsked();
    }

    @Test
    void ofSeveralThatAreDueWhenTheEntryIsWrittenOneLeaves() {
        String user = diary.aUser(mobile);
        diary.writes(entry, Diary.event("2026-03-02T12:45:00Z", user, "P10Y P7D PT1H PT15M"));
        awaitStanding("PT15M PENDING", "PT1H HANDED_OVER", "P7D NOT_SENT TOO_LATE", "P10Y NOT_SENT TOO_LATE");
        awaitAsked(1);
    }

    @Test
    void aMomentLongOverWhenTheEntryIsWrittenIsNotMadeUpFor() {
        String user = diary.aUser(mobile);
        diary.writes(entry, Diary.event(TOMORROW_AT_TEN, user, "P10Y"));
        awaitStanding("P10Y NOT_SENT TOO_LATE");
        assertThat(diary.list(http, "?entry=" + entry)
                        .get("items")
                        .get(0)
                        .get("why")
                        .asString())
                .contains("more than a day over");
        nothingIsAsked();

        diary.writes(entry, Diary.event(TOMORROW_AT_TEN, user, "P10Y P2D"));
        awaitStanding("P2D HANDED_OVER", "P10Y NOT_SENT TOO_LATE");
        awaitAsked(1);
    }

    /** 4:30 in New York, when its clocks have changed, is half past midnight in Los Angeles, where they have not yet. */
    @Test
    void whatStandsOnTheSitesClocksFollowsTheSiteToAnotherZone(@Autowired Sites sites) {
        Diary moving = Diary.open("reminders-move", sites, "");
        String own = Diary.anId("e");
        String ownMobile = Diary.aMobile();
        String start = "2026-03-08T08:30:00Z";
        moving.writes(entry, Diary.event(start, moving.aUser(mobile), "P1D PT20H"));
        moving.writes(own, Diary.event(start, moving.aUser(ownMobile), "P1D") + ",\"timeZone\":\"America/New_York\"");
        await().untilAsserted(() -> assertThat(dues(moving, entry))
                .containsExactly("PT20H 2026-03-07T12:30:00Z", "P1D 2026-03-07T09:30:00Z"));

        Diary.open("reminders-move", sites, ",\"timeZone\":\"America/Los_Angeles\"");
        await().untilAsserted(() -> assertThat(dues(moving, entry))
                .containsExactly("PT20H 2026-03-07T12:30:00Z", "P1D 2026-03-07T08:30:00Z"));
        assertThat(dues(moving, own)).containsExactly("P1D 2026-03-07T09:30:00Z");

        clock.runAhead(Duration.between(Instant.now(), Instant.parse("2026-03-07T08:29:58.500Z")));
        await().untilAsserted(() -> assertThat(moving.asked(mobile)).hasSize(1));
        assertThat(clock.instant()).isAfterOrEqualTo(Instant.parse("2026-03-07T08:30:00Z"));
        assertThat(moving.asked(mobile).getFirst().get("body").asString())
                .isEqualTo("Reminder: Hearing on Sunday, March 8 at 12:30 AM PST.");
        assertThat(moving.asked(ownMobile)).isEmpty();

        moving.writes(entry, Diary.event(start, moving.aUser(mobile), "P1D PT20H") + ",\"title\":\"Trial\"");
        clock.runAhead(Duration.between(Instant.now(), Instant.parse("2026-03-07T09:29:58.500Z")));
        await().untilAsserted(() -> assertThat(moving.asked(ownMobile)).hasSize(1));
        assertThat(moving.asked(ownMobile).getFirst().get("body").asString())
                .isEqualTo("Reminder: Hearing on Sunday, March 8 at 4:30 AM EDT.");
    }

    private List<String> dues(Diary of, String entry) {
        return of.list(http, "?limit=500&entry=" + entry)
                .get("items")
                .valueStream()
                .map(one -> one.get("remindBefore").asString() + " "
                        + one.get("dueAt").asString())
                .toList();
    }

    @Test
    void whatWasPlannedAndIsLateStillLeavesBeforeTheStart() {
        String user = diary.aUser(mobile);
        diary.writes(entry, Diary.event(TOMORROW_AT_TEN, user, "P1D PT2H"));
        awaitStanding("PT2H PENDING", "P1D PENDING");
        clock.set("2026-03-03T14:59:00Z");
        awaitAsked(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\0', textBlock = """
                    "startsAt":"2026-03-03T15:00:00Z","timeZone":"Mars/Olympus"   ~ timeZone is not an IANA time zone
                    "timeZone":"America/New_York"                                 ~ startsAt is missing
                    "startsAt":"2026-03-03T15:00:00Z","remindBefore":["-PT1H"]    ~ remindBefore.0 must be
                    "startsAt":"tomorrow"                                         ~ startsAt is not a time like
                    """)
    void anEntryThatCannotBeReadIsADeadLetterThatNamesTheField(String fields, String reason) {
        diary.writes(entry, fields);
        assertThat(TestLog.await("sms.calendar.dlt", 1, one -> one.key().equals(diary.site() + "|" + entry))
                        .getFirst()
                        .headers()
                        .get("x-reason"))
                .contains(reason);
    }

    @Test
    void tenThousandAttendeesAreAllReported() {
        diary.writes(
                entry,
                Diary.event(
                        TOMORROW_AT_TEN,
                        IntStream.range(0, 10_000).mapToObj(i -> "u" + i).collect(Collectors.joining(" ")),
                        "PT1H"));
        await().untilAsserted(() -> assertThat(jdbc.sql("SELECT count(*) FROM reminders WHERE entry_id = :entry")
                        .param("entry", entry)
                        .query(Integer.class)
                        .single())
                .isEqualTo(10_000));
        assertThat(diary.list(http, "?limit=500&entry=" + entry).get("next").isNull())
                .isFalse();
    }

    @Test
    void whatBecameOfATextIsShownAndWhatWasSentIsNotTakenBack() {
        String user = diary.aUser(mobile);
        diary.writes(entry, Diary.event(TOMORROW_AT_TEN, user, "P1D PT23H"));
        awaitStanding("PT23H PENDING", "P1D PENDING");
        clock.set("2026-03-02T16:00:00Z");
        List<JsonNode> asked = awaitAsked(2);
        Instant now = Instant.now();
        TestLog.write(new MessageAccepted(header(asked.get(0)), now, 1, 1, "SM1", 1, "text", List.of()));
        TestLog.write(new MessageRejected(header(asked.get(1)), now, RejectionReason.OPTED_OUT, "opted out", "text"));
        awaitStanding("PT23H NOT_SENT OPTED_OUT", "P1D SENT");
        diary.writes(entry, Diary.event("2026-03-04T15:00:00Z", user, "PT1H"));
        awaitStanding("PT1H PENDING", "PT23H NOT_SENT OPTED_OUT", "P1D SENT");
        assertThat(diary.askedKinds(mobile)).containsOnly("SendRequested");
    }

    private MessageHeader header(JsonNode asked) {
        return new MessageHeader(
                UUID.fromString(asked.get("messageId").asString()),
                diary.site(),
                mobile,
                "+14045550100",
                new CaseRef(CaseRef.Kind.CASE, "1"),
                null,
                Purpose.REMINDER,
                Map.of());
    }

    @Test
    void clientsAreRemindedWhereTheSiteSaysSo(@Autowired Sites sites) {
        Diary open = Diary.open(
                "reminders-es",
                sites,
                ",\"language\":\"es\",\"timeZone\":\"America/Chicago\",\"reminders\":{\"attendees\":false,\"clients\":true}");
        String user = open.aUser(Diary.aMobile());
        String written = "(" + mobile.substring(2, 5) + ") " + mobile.substring(5, 8) + "-" + mobile.substring(8);
        open.writes(
                entry,
                Diary.event(TOMORROW_AT_TEN, user, "P1D")
                        + ",\"kind\":\"TASK\",\"clients\":[\"%s\",\"%s\"]".formatted(mobile, written));
        await().untilAsserted(() -> assertThat(open.standing(http, entry))
                .containsExactlyInAnyOrder("P1D BLOCKED SWITCHED_OFF", "P1D PENDING"));
        clock.set("2026-03-02T15:00:00Z");
        await().untilAsserted(() -> assertThat(open.asked(mobile)).hasSize(1));
        JsonNode asked = open.asked(mobile).getFirst();
        assertThat(asked.get("body").asString())
                .isEqualTo("Recordatorio: Hearing vence el martes, 3 de marzo a las 9:00 a.m. CST.");
        assertThat(asked.get("audience").asString()).isEqualTo("CLIENT");
        await().untilAsserted(() -> assertThat(open.standing(http, entry))
                .containsExactlyInAnyOrder("P1D NOT_SENT SWITCHED_OFF", "P1D HANDED_OVER"));
    }

    @Test
    void theListIsPagedAndRefusesWhatItDoesNotKnow() {
        String user = diary.aUser(mobile);
        diary.writes(entry, Diary.event(TOMORROW_AT_TEN, user, "P1D PT2H PT1H"));
        awaitStanding("PT1H PENDING", "PT2H PENDING", "P1D PENDING");
        JsonNode first = diary.list(http, "?limit=2&state=pending&entry=" + entry);
        assertThat(first.get("items").size()).isEqualTo(2);
        JsonNode rest = diary.list(
                http,
                "?limit=2&state=PENDING&entry=" + entry + "&cursor="
                        + first.get("next").asString());
        assertThat(rest.get("items").get(0).get("remindBefore").asString()).isEqualTo("P1D");
        assertThat(rest.get("next").isNull()).isTrue();
        status("?state=LOST", TestTokens.staff("maria", diary.site())).isEqualTo(400);
        status("?cursor=x", TestTokens.staff("maria", diary.site())).isEqualTo(400);
        status("?limit=0", TestTokens.staff("maria", diary.site())).isEqualTo(400);
        status("", TestTokens.staff("maria", "other")).isEqualTo(404);
        status("", TestTokens.token("op", List.of("*"), List.of("operator"), Duration.ofMinutes(1)))
                .isEqualTo(403);
        status("", TestTokens.token("up", List.of("*"), List.of("service"), Duration.ofMinutes(1)))
                .isEqualTo(200);
    }

    private StatusAssertions status(String query, String token) {
        return http.get()
                .uri("/api/sites/" + diary.site() + "/reminders" + query)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus();
    }

    @Test
    void aCalendarThatIsReadAgainAsksForNothingTwice() {
        String user = diary.aUser(mobile);
        diary.writes(entry, Diary.event(TOMORROW_AT_TEN, user, "P1D"));
        clock.set("2026-03-02T15:00:00Z");
        awaitAsked(1);
        TestLog.all(Topics.CALENDAR, one -> one.key().equals(diary.site() + "|" + entry))
                .forEach(one -> TestLog.write(
                        Topics.CALENDAR, one.key(), one.event(), new String(one.value(), StandardCharsets.UTF_8)));
        diary.writes(entry, Diary.event(TOMORROW_AT_TEN, user, "P1D PT1H"));
        awaitStanding("PT1H PENDING", "P1D HANDED_OVER");
        assertThat(diary.asked(mobile)).hasSize(1);
    }
}

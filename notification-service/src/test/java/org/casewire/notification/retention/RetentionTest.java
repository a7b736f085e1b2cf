package org.casewire.notification.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.casewire.events.CaseRef;
import org.casewire.events.MessageHeader;
import org.casewire.events.OutboundEvent.MessageAccepted;
import org.casewire.events.Purpose;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestTokens;
import org.casewire.notification.AlertsOverHttp;
import org.casewire.notification.Diary;
import org.casewire.notification.Office;
import org.casewire.notification.SettableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

@ServiceTest
class RetentionTest {

    private static final Duration LONG = Duration.ofDays(91);

    private final SettableClock clock;
    private final Sites sites;
    private final RestTestClient http;
    private final JdbcClient jdbc;
    private final Retention retention;
    private final String maria = "u-" + UUID.randomUUID();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    RetentionTest(SettableClock clock, Sites sites, RestTestClient http, JdbcClient jdbc, Retention retention) {
        this.clock = clock;
        this.sites = sites;
        this.http = http;
        this.jdbc = jdbc;
        this.retention = retention;
    }

    @AfterEach
    void timeRunsAgain() {
        jdbc.sql("DELETE FROM reminders").update();
        clock.run();
    }

    /** Until nothing old is left. */
    private void clean() {
        await().until(() ->
                retention.kinds().stream().mapToInt(retention::deleteSome).sum() == 0);
    }

    private int count(String table, String site) {
        return jdbc.sql("SELECT count(*) FROM " + table + " WHERE site = :site")
                .param("site", site)
                .query(Integer.class)
                .single();
    }

    @Test
    void dismissedAlertsGoWithTheirTextsAndWhatStandsStays() {
        Office office = Office.open("retention", "PRIMARY", sites);
        AlertsOverHttp alerts = new AlertsOverHttp(http, office.site());
        CaseRef caseRef = Office.aCase();
        office.assigns(caseRef, maria + " primary");
        office.texts("+14045380001", now, "stop", caseRef);
        office.texts("+14045380002", now, "stands", caseRef);
        await().until(() -> alerts.previews(maria).equals(List.of("stands", "stop")));
        String dismissed = alerts.list(maria).get("items").get(1).get("alertId").asString();
        alerts.dismissed(dismissed, maria);
        clean();
        assertThat(count("alerts", office.site())).as("not old enough").isEqualTo(2);

        clock.runAhead(LONG);
        clean();
        assertThat(alerts.previews(maria)).containsExactly("stands");
        assertThat(count("alerts", office.site())).isEqualTo(1);
        assertThat(count("replies", office.site())).isEqualTo(1);
        alerts.dismiss(dismissed, TestTokens.staff(maria, office.site()))
                .expectStatus()
                .isNotFound();
    }

    @Test
    void whoWasAnsweredIsForgottenAndStaysAnswered() {
        Office office = Office.open("retention-answers", "PRIMARY", sites);
        CaseRef caseRef = Office.aCase();
        office.assigns(caseRef, maria + " primary");
        String sid = office.texts("+14045380011", now, "answered", caseRef);
        office.texts("+14045380012", now, "waits", caseRef);
        answered(office, "+14045380011", now.plusSeconds(60));
        answered(office, "+14045380011", now.plusSeconds(120));
        await().until(() -> count("waiting_texts", office.site()) == 2 && count("answers", office.site()) == 2);

        clock.runAhead(LONG);
        clean();
        assertThat(count("waiting_texts", office.site())).isEqualTo(1);
        assertThat(count("answers", office.site())).isEqualTo(1);
        assertThat(waiting(office)).containsExactly("+14045380012");

        CaseRef other = Office.aCase();
        office.assigns(other, maria + " primary");
        office.movesFrom("+14045380011", sid, List.of(caseRef), other);
        await().until(() -> count("waiting_texts", office.site()) == 2);
        assertThat(waiting(office)).as("moved, and still answered").containsExactly("+14045380012");
    }

    private List<String> waiting(Office office) {
        return AlertsOverHttp.body(http.get()
                        .uri("/api/sites/" + office.site() + "/users/" + maria + "/unanswered")
                        .headers(headers -> headers.setBearerAuth(TestTokens.staff(maria, office.site())))
                        .exchange()
                        .expectStatus()
                        .isOk())
                .get("items")
                .valueStream()
                .map(one -> one.get("contact").asString())
                .toList();
    }

    private static void answered(Office office, String contact, Instant at) {
        UUID id = UUID.randomUUID();
        TestLog.write(new MessageAccepted(
                new MessageHeader(
                        id, office.site(), contact, "+14045550100", null, "maria", Purpose.CONVERSATION, Map.of()),
                at,
                1,
                1,
                "SM" + id,
                1,
                "Hello",
                List.of()));
    }

    @Test
    void anEntryThatComesBackAfterItsRemindersWereForgottenUsesNoIdAgain() {
        Diary diary = Diary.open("retention-diary", sites, "");
        String mobile = Diary.aMobile();
        String user = diary.aUser(mobile);
        String entry = Diary.anId("e");
        Instant start = now.plus(Duration.ofMinutes(30));
        diary.writes(entry, Diary.event(start.toString(), user, "PT1H"));
        await().until(() -> diary.asked(mobile).size() == 1);
        String used = diary.asked(mobile).getFirst().get("messageId").asString();
        clean();
        assertThat(count("reminders", diary.site())).as("not old enough").isEqualTo(1);

        clock.runAhead(LONG);
        clean();
        assertThat(count("reminders", diary.site())).isZero();
        assertThat(count("calendar_entries", diary.site())).isZero();
        diary.writes(entry, Diary.event(start.plus(LONG).toString(), user, "PT1H"));
        await().until(() -> diary.asked(mobile).size() == 2);
        JsonNode again = diary.asked(mobile).getLast();
        assertThat(again.get("messageId").asString()).isNotEqualTo(used);
        assertThat(diary.list(http, "?entry=" + entry)
                        .get("items")
                        .get(0)
                        .get("generation")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void manyGoAFewAtATime() {
        jdbc.sql("""
                        INSERT INTO activities (site, activity_id, told_at)
                        SELECT 'retention-many', 'a' || number,
                               now() - CASE WHEN number > 2500 THEN interval '29 days' ELSE interval '31 days' END
                        FROM generate_series(1, 2600) AS number
                        """).update();
        jdbc.sql("""
                        INSERT INTO notice_windows (site, mobile, opened_at, closes_at, told, held)
                        VALUES ('retention-many', '1', now(), now() - interval '31 days', 1, 0),
                               ('retention-many', '2', now(), now() - interval '31 days', 1, 1)
                        """).update();
        Expiring activities = retention.kinds().stream()
                .filter(kind -> kind.kind().equals("activity"))
                .findFirst()
                .orElseThrow();
        await().until(() -> retention.deleteSome(activities) == 1000);
        clean();
        assertThat(count("activities", "retention-many")).isEqualTo(100);
        assertThat(count("notice_windows", "retention-many")).isEqualTo(1);
        jdbc.sql("DELETE FROM notice_windows WHERE site = 'retention-many'").update();
    }

    @Test
    void aCaseThatWasDeletedIsForgottenInTheEnd() {
        Office office = Office.open("retention-cases", "PRIMARY", sites);
        CaseRef kept = Office.aCase();
        CaseRef gone = Office.aCase();
        office.assigns(kept, maria + " primary");
        office.assigns(gone, maria + " primary");
        office.removes(gone);
        await().until(() -> jdbc.sql("SELECT count(*) FROM cases WHERE site = :site AND gone")
                        .param("site", office.site())
                        .query(Integer.class)
                        .single()
                == 1);
        clock.runAhead(LONG);
        clean();
        assertThat(count("cases", office.site())).isEqualTo(1);
    }
}

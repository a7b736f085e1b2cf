package org.casewire.notification.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.casewire.events.CaseRef;
import org.casewire.events.Matching;
import org.casewire.events.ReplyEvent.ReplyRouted;
import org.casewire.events.ReplyEvent.ReplyUnassigned;
import org.casewire.events.ReplyEvent.TextsErased;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.retention.TextRetention;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.transport.WireJson;
import org.casewire.notification.AlertsOverHttp;
import org.casewire.notification.Office;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

@ServiceTest
class ErasureTest {

    private static final String SITE = "erasure";
    private static final String SHORT = "short-lived";

    private final Sites sites;
    private final RestTestClient rest;
    private final Office office;
    private final AlertsOverHttp http;
    private final TextRetention retention;
    private final JdbcClient jdbc;

    ErasureTest(Sites sites, RestTestClient rest, TextRetention retention, JdbcClient jdbc) {
        this.sites = sites;
        this.rest = rest;
        this.retention = retention;
        this.office = Office.open(SITE, "ALL", sites);
        this.http = new AlertsOverHttp(rest, SITE);
        this.jdbc = jdbc;
    }

    private void keepsTextsFor(String site, int days) {
        SiteDocument document = WireJson.MAPPER.readValue(
                "{\"site\":\"%s\",\"alerts\":\"ALL\",\"keepTextsDays\":%d}".formatted(site, days), SiteDocument.class);
        TestLog.write(new SiteChanged(document, Instant.now()));
        await().until(() -> sites.find(site).filter(document::equals).isPresent());
    }

    @Test
    void alertsOfTextsThatAreOlderThanTheirSiteKeepsThemLoseTheirWords() {
        keepsTextsFor(SHORT, 36_500);
        String maria = "u-" + UUID.randomUUID();
        CaseRef caseRef = Office.aCase();
        Office.known(SHORT).assigns(caseRef, maria);
        AlertsOverHttp alerts = new AlertsOverHttp(rest, SHORT);
        Instant old = Instant.now().minus(Duration.ofDays(20));
        files(SHORT, sid(), "+14045381021", "my secret", old, caseRef);
        files(SHORT, sid(), "+14045381021", "my other secret", old.plusSeconds(1), caseRef);
        files(SHORT, sid(), "+14045381021", "a young text", Instant.now().minus(Duration.ofDays(5)), caseRef);
        await().untilAsserted(() -> assertThat(alerts.previews(maria)).hasSize(3));
        retention.eraseWhatIsOld();
        assertThat(alerts.previews(maria)).doesNotContain("An erased text");

        keepsTextsFor(SHORT, 10);
        retention.eraseWhatIsOld();
        await().untilAsserted(() -> assertThat(alerts.previews(maria))
                .containsExactlyInAnyOrder("An erased text", "An erased text", "a young text"));
        files(SHORT, sid(), "+14045381021", "a late secret", old, caseRef);
        await().untilAsserted(
                        () -> assertThat(alerts.previews(maria)).hasSize(4).doesNotContain("a late secret"));
        assertThat(jdbc.sql("SELECT count(*) FROM replies WHERE site = :site AND preview LIKE '%secret%'")
                        .param("site", SHORT)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private static String sid() {
        return "SM" + UUID.randomUUID().toString().replace("-", "");
    }

    private static void files(String sid, String contact, String body, Instant at, CaseRef caseRef) {
        files(SITE, sid, contact, body, at, caseRef);
    }

    private static void files(String site, String sid, String contact, String body, Instant at, CaseRef caseRef) {
        TestLog.write(new ReplyRouted(
                sid,
                site,
                contact,
                "+14045550100",
                body,
                List.of(),
                List.of(caseRef),
                Matching.MOST_RECENT_OUTBOUND,
                "OUTBOUND",
                List.of(),
                at));
    }

    @Test
    void alertsOfErasedTextsStayWithoutTheirWordsAndReplaysDoNotBringThemBack() {
        String maria = "u-" + UUID.randomUUID();
        CaseRef caseRef = Office.aCase();
        office.assigns(caseRef, maria);
        Instant noon = Instant.parse("2026-03-02T12:00:00Z");
        String contact = "+14045381001";
        files(sid(), contact, "my secret", noon, caseRef);
        files(sid(), "+14045381002", "somebody else's", noon, caseRef);
        await().untilAsserted(() -> assertThat(http.previews(maria)).hasSize(2));

        TestLog.write(new TextsErased(SITE, contact, "sam", noon.plusSeconds(60)));
        await().untilAsserted(() ->
                assertThat(http.previews(maria)).containsExactlyInAnyOrder("An erased text", "somebody else's"));

        files(sid(), contact, "late secret", noon.plusSeconds(30), caseRef);
        files(sid(), contact, "a new text", noon.plusSeconds(90), caseRef);
        await().untilAsserted(() -> assertThat(http.previews(maria))
                .containsExactlyInAnyOrder("An erased text", "somebody else's", "An erased text", "a new text"));
        assertThat(jdbc.sql("SELECT count(*) FROM replies WHERE preview LIKE '%secret%'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aTextThatMovesAfterItWasErasedHasNoWordsAtItsNewPlaceEither() {
        String maria = "u-" + UUID.randomUUID();
        CaseRef caseRef = Office.aCase();
        office.assigns(caseRef, maria);
        String sid = sid();
        Instant now = Instant.now();
        TestLog.write(new ReplyUnassigned(
                sid,
                SITE,
                "+14045387319",
                "+14045550100",
                "my secret",
                List.of(),
                Matching.MOST_RECENT_OUTBOUND,
                "NONE",
                List.of(),
                now));
        TestLog.write(new TextsErased(SITE, "+14045387319", "sam", now));
        office.moves(sid, List.of(), caseRef);
        await().untilAsserted(() -> assertThat(http.previews(maria)).containsExactly("An erased text"));
    }
}

package org.casewire.notification.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.casewire.events.CaseRef;
import org.casewire.events.Matching;
import org.casewire.events.ReplyEvent.ReplyRouted;
import org.casewire.events.ReplyEvent.ReplyUnassigned;
import org.casewire.events.ReplyEvent.TextsErased;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.notification.AlertsOverHttp;
import org.casewire.notification.Office;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

@ServiceTest
class ErasureTest {

    private static final String SITE = "erasure";

    private final Office office;
    private final AlertsOverHttp http;
    private final JdbcClient jdbc;

    ErasureTest(Sites sites, RestTestClient rest, JdbcClient jdbc) {
        this.office = Office.open(SITE, "ALL", sites);
        this.http = new AlertsOverHttp(rest, SITE);
        this.jdbc = jdbc;
    }

    private static String sid() {
        return "SM" + UUID.randomUUID().toString().replace("-", "");
    }

    private static void files(String sid, String contact, String body, Instant at, CaseRef caseRef) {
        TestLog.write(new ReplyRouted(
                sid,
                SITE,
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

package org.casewire.routing.caselog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.casewire.routing.Upstream.caseRef;
import static org.casewire.routing.Upstream.intake;
import static org.casewire.routing.Upstream.minute;
import static org.casewire.routing.Upstream.mobile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.casewire.events.OutboundEvent.Hold;
import org.casewire.events.OutboundEvent.MessageHeld;
import org.casewire.events.OutboundEvent.MessageRejected;
import org.casewire.events.OutboundEvent.Status;
import org.casewire.events.RejectionReason;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestTokens;
import org.casewire.routing.Upstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

@ServiceTest
class CaseLogTest {

    private static final String SITE = "case-log";

    private final Upstream site;
    private final RestTestClient http;

    CaseLogTest(Sites sites, JdbcClient jdbc, RestTestClient http) {
        this.site = new Upstream(SITE, sites, jdbc);
        this.http = http;
    }

    private RestTestClient.ResponseSpec get(String path) {
        return http.get()
                .uri("/api/sites/" + SITE + path)
                .headers(headers -> headers.setBearerAuth(TestTokens.staff("maria", SITE)))
                .exchange();
    }

    private JsonNode log(String path) {
        return get("/cases" + path)
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
    }

    private static List<String> bodies(JsonNode log) {
        return log.get("items")
                .valueStream()
                .map(item -> item.get("body").asString())
                .toList();
    }

    @Test
    void sentAndReceivedTextsStandTogetherNewestFirst() {
        String client = "+14045383001";
        UUID first = UUID.randomUUID();
        TestLog.write(site.accepted(first, client, caseRef("LOG"), minute(1), 1, 2, "see you"));
        TestLog.write(site.accepted(first, client, caseRef("LOG"), minute(1), 2, 2, "tomorrow"));
        TestLog.write(site.status(first, client, caseRef("LOG"), 1, Status.DELIVERED));
        TestLog.write(site.status(first, client, caseRef("LOG"), 2, Status.SENT));
        await().untilAsserted(() -> assertThat(
                        log("/CASE/LOG/messages").at("/items/0/status").asString())
                .isEqualTo("SENT"));
        site.receives(site.text("SM-log", client, "when?", minute(2), true));
        site.texts(caseRef("LOG"), client, minute(3));

        JsonNode log = log("/CASE/LOG/messages");
        assertThat(bodies(log)).containsExactly("hello", "when?", "see you tomorrow");
        assertThat(log.get("next").isNull()).isTrue();
        JsonNode received = log.at("/items/1");
        assertThat(received.get("direction").asString()).isEqualTo("RECEIVED");
        assertThat(received.get("sid").asString()).isEqualTo("SM-log");
        assertThat(received.get("from").asString()).isEqualTo(client);
        assertThat(received.get("to").asString()).isEqualTo(Upstream.OFFICE);
        assertThat(received.get("rule").asString()).isEqualTo("OUTBOUND");
        assertThat(received.get("explanation").isEmpty()).isFalse();
        JsonNode sent = log.at("/items/2");
        assertThat(sent.get("direction").asString()).isEqualTo("SENT");
        assertThat(sent.get("messageId").asString()).isEqualTo(first.toString());
        assertThat(sent.get("from").asString()).isEqualTo(Upstream.OFFICE);
        assertThat(sent.get("to").asString()).isEqualTo(client);
        assertThat(sent.get("sentBy").asString()).isEqualTo("maria");
        assertThat(sent.get("purpose").asString()).isEqualTo("CONVERSATION");
        assertThat(sent.get("status").asString()).isEqualTo("SENT");
        assertThat(sent.get("at").asString()).isEqualTo("2026-03-01T10:01:00Z");
    }

    @Test
    void aRejectedTextStandsThereWithItsReasonAndAHeldOneNotYet() {
        String client = "+14045383002";
        UUID rejected = UUID.randomUUID();
        TestLog.write(new MessageHeld(
                site.header(UUID.randomUUID(), client, caseRef("NO")), minute(1), Hold.QUIET_HOURS, null));
        TestLog.write(new MessageRejected(
                site.header(rejected, client, caseRef("NO")), minute(1), RejectionReason.OPTED_OUT, "21610", "hello?"));
        await().until(() -> site.knows(rejected));
        JsonNode log = log("/CASE/NO/messages");
        assertThat(bodies(log)).containsExactly("hello?");
        assertThat(log.at("/items/0/status").asString()).isEqualTo("REJECTED");
        assertThat(log.at("/items/0/reason").asString()).isEqualTo("OPTED_OUT");
    }

    @Test
    void aTextOnSeveralCasesShowsOnEach() {
        String client = "+14045383003";
        site.settings("ALL", "US");
        try {
            site.tellsOf(caseRef("ONE"), mobile(client), minute(1), minute(1));
            site.tellsOf(intake("TWO"), mobile(client), minute(1), minute(1));
            site.receives("SM-several", client, "for both");
            assertThat(bodies(log("/CASE/ONE/messages"))).containsExactly("for both");
            assertThat(bodies(log("/INTAKE/TWO/messages"))).containsExactly("for both");
        } finally {
            site.settings("MOST_RECENT_OUTBOUND", "US");
        }
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepetition() {
        String client = "+14045383004";
        List<UUID> sent = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            UUID id = UUID.randomUUID();
            sent.add(id);
            // All of one moment: the ids alone decide the order.
            TestLog.write(site.accepted(id, client, caseRef("PAGES"), minute(1), 1, 1, id.toString()));
        }
        await().until(() -> sent.stream().allMatch(site::knows));
        for (int i = 0; i < 6; i++) {
            site.receives(site.text(
                    "SM-page-" + i,
                    client,
                    "SM-page-" + i,
                    minute(i == 0 ? 2 : 1).plusMillis(1),
                    true));
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        while (cursor != null) {
            JsonNode page = log("/CASE/PAGES/messages?limit=3" + cursor);
            seen.addAll(bodies(page));
            cursor = page.get("next").isNull()
                    ? null
                    : "&cursor=" + page.get("next").asString();
            pages++;
        }
        assertThat(pages).isEqualTo(5);
        assertThat(seen).hasSize(13).doesNotHaveDuplicates();
        assertThat(seen.subList(6, 13))
                .containsExactlyElementsOf(sent.stream()
                        .map(UUID::toString)
                        .sorted(java.util.Comparator.reverseOrder())
                        .toList());
    }

    @Test
    void aCaseNobodyKnowsHasAnEmptyLog() {
        JsonNode log = log("/PRESCREEN/nobody/messages");
        assertThat(log.get("items").isEmpty()).isTrue();
        assertThat(log.get("next").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/MATTER/1/messages, kind",
        "/case/1/messages, kind",
        "/CASE/a%7Cb/messages, id",
        "/CASE/1/messages?limit=0, limit",
        "/CASE/1/messages?limit=501, limit",
        "/CASE/1/messages?limit=many, limit",
        "/CASE/1/messages?cursor=%21, cursor",
        "/CASE/1/messages?cursor=MTIz, cursor"
    })
    void whatIsWrongWithARequestIsNamed(String path, String parameter) {
        JsonNode problem = http.get()
                .uri(java.net.URI.create("/api/sites/" + SITE + "/cases" + path))
                .headers(headers -> headers.setBearerAuth(TestTokens.staff("maria", SITE)))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
        assertThat(problem.get("code").asString()).isEqualTo("INVALID_REQUEST");
        assertThat(problem.get("detail").asString()).contains(parameter);
    }

    @ParameterizedTest
    @CsvSource({"staff, OK", "admin, OK", "service, OK", "operator, FORBIDDEN"})
    void staffAndServicesRead(String role, HttpStatus answer) {
        http.get()
                .uri("/api/sites/" + SITE + "/cases/CASE/1/messages")
                .headers(headers -> headers.setBearerAuth(
                        TestTokens.token("someone", List.of(SITE), List.of(role), Duration.ofMinutes(5))))
                .exchange()
                .expectStatus()
                .isEqualTo(answer);
    }

    @Test
    void anotherSitesLogIsNotThere() {
        http.get()
                .uri("/api/sites/" + SITE + "/cases/CASE/LOG/messages")
                .headers(headers -> headers.setBearerAuth(TestTokens.staff("maria", "elsewhere")))
                .exchange()
                .expectStatus()
                .isNotFound();
        http.get()
                .uri("/api/sites/no-such-site/cases/CASE/LOG/messages")
                .headers(headers -> headers.setBearerAuth(
                        TestTokens.token("someone", List.of("*"), List.of("staff"), Duration.ofMinutes(5))))
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("UNKNOWN_SITE");
    }
}

package org.casewire.routing.messagelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.casewire.routing.Upstream.caseRef;
import static org.casewire.routing.Upstream.minute;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.casewire.events.InboundEvent.Keyword;
import org.casewire.events.InboundEvent.MessageReceived;
import org.casewire.events.OutboundEvent.MessageRejected;
import org.casewire.events.OutboundEvent.Status;
import org.casewire.events.RejectionReason;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestTokens;
import org.casewire.routing.Http;
import org.casewire.routing.Upstream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

@ServiceTest
class MessageLogTest {

    private static final String SITE = "messages-log";
    private static final String ANA = "+14045388001";
    private static final String BEN = "+14045388002";

    private final Upstream site;
    private final RestTestClient rest;
    private final Http http;

    MessageLogTest(Sites sites, JdbcClient jdbc, RestTestClient rest) {
        this.site = new Upstream(SITE, sites, jdbc);
        this.rest = rest;
        this.http = Http.staff(rest, SITE);
    }

    @BeforeEach
    void textsWentBothWays() {
        if (site.count("SELECT count(*) FROM reply WHERE site = ?", SITE) > 0) {
            return;
        }
        UUID delivered = UUID.randomUUID();
        UUID failed = UUID.randomUUID();
        UUID rejected = UUID.randomUUID();
        TestLog.write(site.accepted(delivered, ANA, caseRef("A"), minute(1), 1, 1, "Your hearing is Tuesday, José"));
        TestLog.write(site.status(delivered, ANA, caseRef("A"), 1, Status.DELIVERED));
        TestLog.write(site.accepted(failed, BEN, caseRef("B"), minute(3), 1, 1, "Please call the office"));
        TestLog.write(site.status(failed, BEN, caseRef("B"), 1, Status.FAILED));
        TestLog.write(new MessageRejected(
                site.header(rejected, BEN, caseRef("B")), minute(4), RejectionReason.OPTED_OUT, "21610", "One more"));
        site.receives(new MessageReceived(
                "SM-log-1",
                SITE,
                ANA,
                Upstream.OFFICE,
                "=HYPERLINK(\"evil\"), is it \"Tuesday\"?\nreally",
                List.of(),
                1,
                Keyword.NONE,
                minute(2),
                true,
                "We will answer soon.",
                Map.of()));
        site.receives(site.text("SM-log-2", BEN, "wrong number", minute(4), true));
        await().until(() -> site.knows(rejected));
        await().until(() -> site.count("SELECT count(*) FROM conversation WHERE site = ?", SITE) == 2
                && site.count("SELECT sum(sent + received) FROM conversation WHERE site = ?", SITE) == 5);
    }

    private List<String> bodies(String query, Object... values) {
        return Http.each(http.get("/messages-log" + query, values), "body");
    }

    @Test
    void sentReceivedAndFailedTextsStandTogetherWithTheirTotals() {
        JsonNode log = http.get("/messages-log");
        assertThat(Http.each(log, "direction")).containsExactly("RECEIVED", "SENT", "SENT", "RECEIVED", "SENT");
        assertThat(Http.each(log, "status")).containsExactly("", "REJECTED", "FAILED", "", "DELIVERED");
        assertThat(log.at("/items/3/answer").asString()).isEqualTo("We will answer soon.");
        assertThat(log.at("/items/1/reason").asString()).isEqualTo("OPTED_OUT");
        JsonNode totals = log.get("totals");
        assertThat(totals.get("sent").asInt()).isEqualTo(3);
        assertThat(totals.get("received").asInt()).isEqualTo(2);
        assertThat(totals.get("failed").asInt()).isEqualTo(2);
        assertThat(totals.get("unassigned").asInt()).isZero();
        assertThat(totals.at("/byStatus/DELIVERED").asInt()).isEqualTo(1);
        assertThat(totals.get("capped").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    ?direction=SENT                                       ; 3 ; 3
                    ?direction=RECEIVED                                   ; 2 ; 2
                    ?status=FAILED                                        ; 1 ; 1
                    ?status=FAILED,REJECTED,UNDELIVERED                   ; 2 ; 2
                    ?status=QUEUED                                        ; 0 ; 0
                    ?status=FAILED&direction=RECEIVED                     ; 0 ; 0
                    ?text=tuesday                                         ; 2 ; 2
                    ?text=TUES                                            ; 2 ; 2
                    ?text=jose tues                                       ; 1 ; 1
                    ?text=tuesday&direction=RECEIVED                      ; 1 ; 1
                    ?text=tue really                                      ; 0 ; 0
                    ?text=call&status=FAILED                              ; 1 ; 1
                    ?text=call&contact=404-538-8001                       ; 0 ; 0
                    ?contact=404-538-8002                                 ; 3 ; 3
                    ?case=CASE|A                                          ; 2 ; 2
                    ?from=2026-03-01T10:02:00Z                            ; 4 ; 4
                    ?from=2026-03-01T10:02:00Z&until=2026-03-01T10:04:00Z ; 2 ; 2
                    ?from=2026-03-01&until=2026-03-01                     ; 5 ; 5
                    ?until=2026-02-28                                     ; 0 ; 0
                    ?limit=2                                              ; 2 ; 5
                    """)
    void whatIsAskedForIsFoundAndCounted(String query, int found, int counted) {
        JsonNode log = http.get("/messages-log" + query);
        assertThat(log.get("items")).hasSize(found);
        assertThat(log.at("/totals/sent").asInt() + log.at("/totals/received").asInt())
                .isEqualTo(counted);
    }

    @Test
    void aNumberWithItsPlusIsTheSameNumberEncodedOrNot() {
        assertThat(bodies("?contact={number}", BEN)).hasSize(3);
        assertThat(bodies("?contact=+14045388002")).hasSize(3);
    }

    @Test
    void pagesFollowEachOtherThroughTextsOfOneMoment() {
        List<String> seen = new ArrayList<>();
        JsonNode page = http.get("/messages-log?limit=1");
        seen.addAll(Http.each(page, "body"));
        while (!page.get("next").isNull()) {
            page = http.get(
                    "/messages-log?limit=1&cursor={next}", page.get("next").asString());
            seen.addAll(Http.each(page, "body"));
        }
        assertThat(seen).isEqualTo(bodies("")).hasSize(5);
    }

    @Test
    void theSpreadsheetHoldsEverythingAndRunsNothing() {
        RestTestClient.ResponseSpec answer = rest.get()
                .uri("/api/sites/" + SITE + "/messages-log?limit=1")
                .headers(headers -> headers.setBearerAuth(TestTokens.staff("maria", SITE)))
                .accept(MediaType.parseMediaType("text/csv"))
                .exchange();
        String csv = answer.expectStatus()
                .isOk()
                .expectHeader()
                .contentType("text/csv;charset=UTF-8")
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        assertThat(csv).startsWith("at,direction,status,contact,");
        assertThat(csv.split("\r\n")).hasSize(6);
        assertThat(csv)
                .contains("\"'=HYPERLINK(\"\"evil\"\"), is it \"\"Tuesday\"\"?\nreally\"")
                .contains("José")
                .contains("," + ANA + ",")
                .contains("We will answer soon.");
    }

    @ParameterizedTest
    @CsvSource({
        "?direction=UP, direction",
        "?status=LOST, status",
        "?text=?!, text",
        "?from=yesterday, from",
        "?until=2026-13-01, until",
        "?from=2026-03-02&until=2026-03-01, until",
        "?case=1, case",
        "'?contact= ', contact",
        "?limit=0, limit",
        "?cursor=nonsense, cursor",
        "?cursor=MTowbm90LWEtdXVpZA, cursor"
    })
    void whatIsWrongWithARequestIsNamed(String query, String parameter) {
        JsonNode problem = Http.problem(http.ask("/messages-log" + query), 400);
        assertThat(problem.get("detail").asString()).contains(parameter);
        assertThat(problem.get("code").asString()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void anotherSitesTextsAreNotThere() {
        Http.problem(Http.staff(rest, "elsewhere").at(SITE).ask("/messages-log"), 404);
    }
}

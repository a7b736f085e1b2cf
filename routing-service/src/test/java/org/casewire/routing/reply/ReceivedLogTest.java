package org.casewire.routing.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.casewire.routing.Upstream.caseRef;
import static org.casewire.routing.Upstream.minute;

import java.util.ArrayList;
import java.util.List;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestTokens;
import org.casewire.routing.Upstream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

@ServiceTest
class ReceivedLogTest {

    private static final String SITE = "received-log";
    private static final String CLIENT = "+14045384001";
    private static final String STRANGER = "+14045384002";

    private final Upstream site;
    private final RestTestClient http;

    ReceivedLogTest(Sites sites, JdbcClient jdbc, RestTestClient http) {
        this.site = new Upstream(SITE, sites, jdbc);
        this.http = http;
    }

    @BeforeEach
    void fiveTextsCameIn() {
        if (site.count("SELECT count(*) FROM reply WHERE site = ?", SITE) == 0) {
            site.texts(caseRef("1"), CLIENT, minute(0));
            for (int i = 1; i <= 5; i++) {
                site.receives(site.text("SM-" + i, i % 2 == 0 ? STRANGER : CLIENT, "no. " + i, minute(i), true));
            }
        }
    }

    private RestTestClient.ResponseSpec get(String query) {
        return http.get()
                .uri("/api/sites/" + SITE + "/received" + query)
                .headers(headers -> headers.setBearerAuth(TestTokens.staff("maria", SITE)))
                .exchange();
    }

    private JsonNode received(String query) {
        return get(query)
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
    }

    private static List<String> sids(JsonNode page) {
        return page.get("items")
                .valueStream()
                .map(item -> item.get("sid").asString())
                .toList();
    }

    @Test
    void allTextsStandThereNewestFirst() {
        assertThat(sids(received(""))).containsExactly("SM-5", "SM-4", "SM-3", "SM-2", "SM-1");
        assertThat(sids(received("?state=ALL"))).hasSize(5);
    }

    @Test
    void whatAPersonMustFileCanBeAskedFor() {
        JsonNode page = received("?state=UNASSIGNED");
        assertThat(sids(page)).containsExactly("SM-4", "SM-2");
        JsonNode item = page.at("/items/0");
        assertThat(item.get("state").asString()).isEqualTo("UNASSIGNED");
        assertThat(item.get("rule").asString()).isEqualTo("NONE");
        assertThat(item.get("cases").isEmpty()).isTrue();
    }

    @Test
    void anAssignedTextSaysWhereAndWhy() {
        JsonNode page = received("?state=ASSIGNED");
        assertThat(sids(page)).containsExactly("SM-5", "SM-3", "SM-1");
        JsonNode item = page.at("/items/2");
        assertThat(item.get("contact").asString()).isEqualTo(CLIENT);
        assertThat(item.get("to").asString()).isEqualTo(Upstream.OFFICE);
        assertThat(item.get("body").asString()).isEqualTo("no. 1");
        assertThat(item.get("receivedAt").asString()).isEqualTo("2026-03-01T10:01:00Z");
        assertThat(item.at("/cases/0/kind").asString()).isEqualTo("CASE");
        assertThat(item.at("/cases/0/id").asString()).isEqualTo("1");
        assertThat(item.get("strategy").asString()).isEqualTo("MOST_RECENT_OUTBOUND");
        assertThat(item.get("rule").asString()).isEqualTo("OUTBOUND");
        assertThat(item.at("/explanation/0").asString()).contains("Case 1 was the last to text this number");
        assertThat(item.get("media").isArray()).isTrue();
    }

    @Test
    void pagesFollowEachOther() {
        List<String> seen = new ArrayList<>();
        JsonNode page = received("?limit=2");
        seen.addAll(sids(page));
        while (!page.get("next").isNull()) {
            page = received("?limit=2&cursor=" + page.get("next").asString());
            seen.addAll(sids(page));
        }
        assertThat(seen).containsExactly("SM-5", "SM-4", "SM-3", "SM-2", "SM-1");
    }

    @ParameterizedTest
    @CsvSource({"?state=LOST, state", "?limit=-1, limit", "?limit=501, limit", "?cursor=nonsense, cursor"})
    void whatIsWrongWithARequestIsNamed(String query, String parameter) {
        JsonNode problem = get(query)
                .expectStatus()
                .isBadRequest()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
        assertThat(problem.get("detail").asString()).contains(parameter);
        assertThat(problem.get("code").asString()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void theApiIsDescribed() {
        JsonNode document = http.get()
                .uri("/v3/api-docs")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
        assertThat(document.get("paths").propertyNames())
                .contains("/api/sites/{site}/received", "/api/sites/{site}/cases/{kind}/{id}/messages");
    }
}

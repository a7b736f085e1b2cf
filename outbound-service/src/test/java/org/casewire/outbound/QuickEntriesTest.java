package org.casewire.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestLog.Entry;
import org.casewire.events.testing.TestTokens;
import org.casewire.events.transport.WireJson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
class QuickEntriesTest extends OutboundWithTwin {

    private static final String ENTRIES = "/api/sites/entries/quick-entries";

    private final RestTestClient http;
    private final Sites sites;

    QuickEntriesTest(RestTestClient http, Sites sites) {
        this.http = http;
        this.sites = sites;
    }

    private record Answer(int status, JsonNode body) {}

    @BeforeEach
    void knowTheSite() {
        TestLog.write(new SiteChanged(
                WireJson.MAPPER.readValue("{\"site\":\"entries\"}", SiteDocument.class), Instant.EPOCH));
        await().until(() -> sites.find("entries").isPresent());
    }

    private Answer ask(HttpMethod method, String path, String role, String site, String json) {
        var request = http.method(method)
                .uri(path)
                .headers(headers -> headers.setBearerAuth(
                        TestTokens.token("u", List.of(site), List.of(role), Duration.ofMinutes(5))));
        if (json != null) {
            request.contentType(MediaType.APPLICATION_JSON).body(json);
        }
        var result = request.exchange().expectBody().returnResult();
        byte[] body = result.getResponseBody();
        return new Answer(
                result.getStatus().value(),
                body == null ? null : JsonMapper.shared().readTree(body));
    }

    private Answer put(String name, String text) {
        return ask(HttpMethod.PUT, ENTRIES + "/" + name, "admin", "entries", "{\"text\":\"" + text + "\"}");
    }

    private Answer get(String path) {
        return ask(HttpMethod.GET, path, "staff", "entries", null);
    }

    @Test
    void anEntryIsAddedChangedShownAndRemoved() {
        assertThat(put("come-in", "Please come at {time}, room {room}.").status())
                .isEqualTo(201);
        JsonNode entry = get(ENTRIES + "/come-in").body();
        assertThat(entry.get("name").asString()).isEqualTo("come-in");
        assertThat(entry.get("text").asString()).isEqualTo("Please come at {time}, room {room}.");
        assertThat(entry.get("placeholders").toString()).isEqualTo("[\"time\",\"room\"]");
        assertThat(Instant.parse(entry.get("updatedAt").asString())).isBefore(Instant.now());

        Answer changed = put("come-in", "Please come.");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body().get("text").asString()).isEqualTo("Please come.");

        assertThat(ask(HttpMethod.DELETE, ENTRIES + "/come-in", "admin", "entries", null)
                        .status())
                .isEqualTo(204);
        assertThat(get(ENTRIES + "/come-in").status()).isEqualTo(404);
        assertThat(ask(HttpMethod.DELETE, ENTRIES + "/come-in", "admin", "entries", null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void entriesAreListedPageByPageNewestFirst() {
        for (int i = 0; i < 5; i++) {
            put("list " + i, "Text " + i);
        }
        put("list 1", "Text one");
        List<String> names = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonNode page = get(ENTRIES + "?limit=2" + next).body();
            page.get("items").forEach(item -> names.add(item.get("name").asString()));
            next = page.get("next").isNull()
                    ? null
                    : "&cursor=" + page.get("next").asString();
        }
        assertThat(names)
                .filteredOn(name -> name.startsWith("list"))
                .containsExactly("list 1", "list 4", "list 3", "list 2", "list 0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    PUT    ; staff    ; entries ; 403
                    PUT    ; service  ; entries ; 403
                    PUT    ; admin    ; other   ; 404
                    DELETE ; staff    ; entries ; 403
                    DELETE ; service  ; entries ; 403
                    GET    ; staff    ; other   ; 404
                    GET    ; service  ; entries ; 200
                    GET    ; admin    ; entries ; 200
                    """)
    void onlyAdminsChangeEntriesAndOnlyOfTheirSites(String method, String role, String site, int status) {
        put("guarded", "Guarded");
        String json = method.equals("PUT") ? "{\"text\":\"Mine\"}" : null;
        assertThat(ask(HttpMethod.valueOf(method), ENTRIES + "/guarded", role, site, json)
                        .status())
                .isEqualTo(status);
    }

    @Test
    void aSiteThatIsNotThereHasNoEntries() {
        Answer answer = ask(HttpMethod.GET, "/api/sites/nowhere/quick-entries", "staff", "*", null);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().get("code").asString()).isEqualTo("UNKNOWN_SITE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    bad    ; {}                          ; text is missing
                    bad    ; {"text":null}               ; text is missing
                    bad    ; {"text":" "}                ; text is blank
                    bad    ; {"text":["a"]}              ; text
                    bad    ; {"text":"a\\u0000"}         ; text holds a character
                    bad    ; {"text":"a\\ud83d"}         ; text holds a character
                    bad    ; nonsense                    ; JSON
                    a|b    ; {"text":"Hi"}               ; name must be
                    """)
    void whatIsNoEntryIsRefusedByName(String name, String json, String detail) {
        Answer answer = ask(HttpMethod.PUT, ENTRIES + "/" + name, "admin", "entries", json);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("code").asString()).isEqualTo("INVALID_REQUEST");
        assertThat(answer.body().get("detail").asString()).contains(detail);
    }

    @Test
    void anEntryIsAsLongAsOneText() {
        assertThat(put("long", "a".repeat(160)).status()).isEqualTo(201);
        assertThat(put("long", "a".repeat(161)).body().get("detail").asString())
                .isEqualTo("text has 161 characters; a quick entry has at most 160.");
    }

    @Test
    void aRequestLeavesAsTheEntryItNamesAndStaysItWhenTheEntryChanges() {
        String fields = ",\"quickEntry\":{\"name\":\"reminder\",\"values\":{\"time\":\"{room}\"}}";
        UUID id = request(fields);
        assertThat(events(id, 2).getFirst().json().get("body").asString()).isEqualTo("Your hearing is at {room}.");
        ask(
                HttpMethod.PUT,
                "/api/sites/demo/quick-entries/reminder",
                "admin",
                "demo",
                "{\"text\":\"Changed: your hearing is at {time}.\"}");
        request(id, fields);
        UUID later = request(fields);
        assertThat(events(later, 2).getFirst().json().get("body").asString())
                .isEqualTo("Changed: your hearing is at {room}.");
        assertThat(TwinPart.bodies(contact))
                .containsExactly("Your hearing is at {room}.", "Changed: your hearing is at {room}.");
    }

    @Test
    void aValueThatIsMissingIsToldOnTheLog() {
        UUID id = request(",\"quickEntry\":{\"name\":\"greeting\",\"values\":{}}");
        Entry rejected = rejection(id);
        assertThat(rejected.json().get("reason").asString()).isEqualTo("QUICK_ENTRY_VALUE_MISSING");
        assertThat(rejected.json().get("detail").asString())
                .isEqualTo("Quick entry 'greeting' needs a value for 'name'.");
    }
}

package org.casewire.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.casewire.events.Topics;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestLog.Entry;
import org.casewire.events.testing.TestTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@ServiceTest
class SitesTest extends OutboundWithTwin {

    private final RestTestClient http;
    private final Sites sites;

    SitesTest(RestTestClient http, Sites sites) {
        this.http = http;
        this.sites = sites;
    }

    private record Answer(int status, String etag, JsonNode body) {

        String code() {
            return body.get("code").asString();
        }
    }

    private Answer ask(HttpMethod method, String path, String token, String json, String ifMatch) {
        var request = http.method(method).uri(path).headers(headers -> {
            headers.setBearerAuth(token);
            if (ifMatch != null) {
                headers.set("If-Match", ifMatch);
            }
        });
        if (json != null) {
            request.contentType(MediaType.APPLICATION_JSON).body(json);
        }
        var result = request.exchange().expectBody().returnResult();
        byte[] body = result.getResponseBody();
        return new Answer(
                result.getStatus().value(),
                result.getResponseHeaders().getETag(),
                body == null ? null : JsonMapper.shared().readTree(body));
    }

    private static String token(String role, String... own) {
        return TestTokens.token("u", List.of(own), List.of(role), Duration.ofMinutes(5));
    }

    private static final String OPERATOR = token("operator", "*");

    private Answer put(String site, String json) {
        return ask(HttpMethod.PUT, "/api/sites/" + site, OPERATOR, json, null);
    }

    private Answer get(String site) {
        return ask(HttpMethod.GET, "/api/sites/" + site, OPERATOR, null, null);
    }

    private static List<Entry> told(String site, int atLeast) {
        return TestLog.await(Topics.SITES, atLeast, entry -> site.equals(entry.key()));
    }

    @Test
    void anOperatorCreatesASiteAndEverybodyIsTold() {
        Answer created = put("new-one", "{\"displayName\":\"New\",\"consentPolicy\":\"IMPLIED\"}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(sites.find("new-one"))
                .hasValueSatisfying(site -> assertThat(site.displayName()).isEqualTo("New"));
        JsonNode event = told("new-one", 1).getFirst().json();
        assertThat(event.get("displayName").asString()).isEqualTo("New");
        assertThat(event.get("updatedAt")).isEqualTo(created.body().get("updatedAt"));
    }

    @Test
    void everyFieldIsAlwaysThere() {
        put("all-fields", "{}");
        assertThat(get("all-fields").body().propertyNames())
                .containsExactlyInAnyOrder(
                        "site",
                        "displayName",
                        "region",
                        "regions",
                        "timeZone",
                        "language",
                        "workingHours",
                        "senders",
                        "matching",
                        "phoneFields",
                        "consentPolicy",
                        "split",
                        "maxSegments",
                        "overlong",
                        "maxMedia",
                        "quietHours",
                        "doubt",
                        "textResponse",
                        "textResponseInterval",
                        "callResponse",
                        "callVoice",
                        "callLanguage",
                        "shadowSignatures",
                        "alerts",
                        "embedOrigins",
                        "reminders",
                        "notices",
                        "unassignedEmail",
                        "documents",
                        "keepTextsDays",
                        "updatedAt");
        assertThat(get("all-fields").body().get("quietHours").toString())
                .contains("\"from\":\"21:00\"", "\"to\":\"08:00\"")
                .doesNotContain("CONVERSATION");
        assertThat(get("all-fields").body().get("textResponseInterval").asString())
                .isEqualTo("PT1H");
        assertThat(get("all-fields").body().get("timeZone").asString()).isEqualTo("UTC");
    }

    @Test
    void whatWasReadCanBeChangedAndPutBack() {
        put("back", "{\"displayName\":\"Before\",\"maxSegments\":3}");
        ObjectNode document = (ObjectNode) get("back").body();
        document.put("maxSegments", 4);
        Answer changed = put("back", document.toString());
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body().get("maxSegments").asInt()).isEqualTo(4);
        assertThat(changed.body().get("displayName").asString()).isEqualTo("Before");
        assertThat(get("back").body()).isEqualTo(changed.body());
        put("back", "{}");
        assertThat(get("back").body().get("displayName").isNull()).isTrue();
        assertThat(get("back").body().get("maxSegments").asInt()).isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, admin, guarded, 200", "PUT, staff, guarded, 403", "PUT, service, guarded, 403", "PUT, admin, other, 404",
        "GET, staff, guarded, 200", "GET, service, guarded, 200", "GET, admin, guarded, 200", "GET, staff, other, 404"
    })
    void adminsChangeTheirOwnSiteAndOthersLook(String method, String role, String own, int status) {
        put("guarded", "{}");
        String json = method.equals("PUT") ? "{}" : null;
        assertThat(ask(HttpMethod.valueOf(method), "/api/sites/guarded", token(role, own), json, null)
                        .status())
                .isEqualTo(status);
    }

    @Test
    void anAdminCreatesNoSite() {
        Answer answer = ask(HttpMethod.PUT, "/api/sites/fresh", token("admin", "fresh"), "{}", null);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("UNKNOWN_SITE");
        assertThat(get("fresh").code()).isEqualTo("UNKNOWN_SITE");
    }

    @Test
    void aTokenListsItsOwnSites() {
        put("list-a", "{}");
        put("list-b", "{}");
        put("list-c", "{}");
        put("list-a", "{\"displayName\":\"Again\"}");
        String two = token("staff", "list-a", "list-b", "list-nowhere");
        assertThat(names(ask(HttpMethod.GET, "/api/sites", two, null, null).body()))
                .containsExactly("list-a", "list-b");
        List<String> all = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = ask(HttpMethod.GET, "/api/sites?limit=2" + cursor, OPERATOR, null, null)
                    .body();
            all.addAll(names(page));
            cursor = page.get("next").isNull()
                    ? null
                    : "&cursor=" + page.get("next").asString();
        }
        assertThat(all).doesNotHaveDuplicates().contains("demo", "silent", "list-b");
        assertThat(all).filteredOn(name -> name.startsWith("list")).containsExactly("list-a", "list-c", "list-b");
    }

    private static List<String> names(JsonNode page) {
        List<String> names = new ArrayList<>();
        page.get("items").forEach(item -> names.add(item.get("site").asString()));
        return names;
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    bad   ; {"colour":"red"}                         ; colour is not a setting of a site.
                    bad   ; {"quietHours":[{"from":"9","to":"10"}]}  ; quietHours[0].from must be a time of day like 21:00.
                    bad   ; {"senders":[null]}                       ; senders[0] must not be null.
                    bad   ; nonsense                                 ; this is no readable JSON: something stands where it does not belong (line 1, column 1).
                    Bad_1 ; {}                                       ; site must be 1 to 40 of the characters a to z, 0 to 9 and -.
                    """)
    void aBadDocumentIsRefusedByFieldAndChangesNothing(String site, String json, String detail) {
        Answer answer = put(site, json);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
        assertThat(answer.body().get("detail").asString()).isEqualTo(detail);
        assertThat(get("bad").status()).isEqualTo(404);
    }

    @Test
    void ofChangesAtOnceTheLastOneCountsEverywhere() throws Exception {
        put("raced", "{}");
        List<Future<Answer>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 24; i++) {
                String json = "{\"displayName\":\"Number " + i + "\"}";
                answers.add(threads.submit(() -> put("raced", json)));
            }
        }
        List<Instant> times = new ArrayList<>();
        for (Future<Answer> answer : answers) {
            times.add(Instant.parse(answer.get().body().get("updatedAt").asString()));
        }
        assertThat(times).doesNotHaveDuplicates();
        List<Entry> events = told("raced", 25);
        assertThat(events)
                .extracting(entry -> Instant.parse(entry.json().get("updatedAt").asString()))
                .isSorted();
        JsonNode last = get("raced").body();
        assertThat(events.getLast().json().get("displayName")).isEqualTo(last.get("displayName"));
        await().untilAsserted(() -> assertThat(sites.find("raced").orElseThrow().displayName())
                .isEqualTo(last.get("displayName").asString()));
    }

    @Test
    void whoeverKnowsAnOlderVersionMayAskNotToReplaceANewerOne() {
        put("versions", "{}");
        Answer read = get("versions");
        assertThat(ask(HttpMethod.PUT, "/api/sites/versions", OPERATOR, "{}", read.etag())
                        .status())
                .isEqualTo(200);
        Answer late = ask(HttpMethod.PUT, "/api/sites/versions", OPERATOR, "{}", read.etag());
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("CHANGED_MEANWHILE");
    }

    @Test
    void aChangeIsInForceWithinTwoSeconds() {
        put("quick", "{\"consentPolicy\":\"IMPLIED\",\"senders\":[{\"number\":\"+14045387390\"}]}");
        String body = "{\"to\":\"" + contact + "\",\"body\":\"" + "word ".repeat(60) + "\"}";
        assertThat(ask(HttpMethod.POST, "/api/sites/quick/messages/preview", token("staff", "quick"), body, null)
                        .body()
                        .get("refusal")
                        .isNull())
                .isTrue();
        put("quick", "{\"consentPolicy\":\"IMPLIED\",\"maxSegments\":1,\"senders\":[{\"number\":\"+14045387390\"}]}");
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(ask(
                                        HttpMethod.POST,
                                        "/api/sites/quick/messages/preview",
                                        token("staff", "quick"),
                                        body,
                                        null)
                                .body()
                                .get("refusal")
                                .get("code")
                                .asString())
                        .isEqualTo("BODY_TOO_LONG"));
        await().atMost(Duration.ofSeconds(2))
                .until(() -> TestLog.all(Topics.SITES, entry -> "quick".equals(entry.key()))
                                .size()
                        == 2);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/sites/{site}, put, SiteDocument",
        "/api/sites/{site}/messages, post, SendRequested",
        "/api/sites/{site}/messages/preview, post, SendRequested",
        "/api/sites/{site}/quick-entries/{name}, put, QuickEntryText"
    })
    void theApiDocumentDescribesWhatIsWritten(String path, String method, String schema) {
        JsonNode api = ask(HttpMethod.GET, "/v3/api-docs", OPERATOR, null, null).body();
        assertThat(api.get("paths")
                        .get(path)
                        .get(method)
                        .at("/requestBody/content/application~1json/schema/$ref")
                        .asString())
                .isEqualTo("#/components/schemas/" + schema);
    }
}

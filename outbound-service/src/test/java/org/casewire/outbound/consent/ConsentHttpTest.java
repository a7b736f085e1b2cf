package org.casewire.outbound.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.casewire.events.ConsentEvent.ConsentChanged;
import org.casewire.events.ConsentEvent.Evidence;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.ConsentEvent.State;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.Topics;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestTokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Consent as people and upstream applications see and change it. */
@ServiceTest
@TestPropertySource(properties = "casewire.public-base-url=https://texts.example.org")
class ConsentHttpTest {

    private static final AtomicInteger NUMBERS = new AtomicInteger(3000);
    private static final String RECORDED = "desk";
    private static final String DOUBLE = "desk-double";

    private final String contact = "+1404538" + NUMBERS.incrementAndGet();

    private final RestTestClient http;
    private final Sites sites;

    ConsentHttpTest(RestTestClient http, Sites sites) {
        this.http = http;
        this.sites = sites;
    }

    @BeforeEach
    void theSitesAreKnown() {
        for (String site : List.of(RECORDED, DOUBLE)) {
            if (sites.find(site).isEmpty()) {
                TestLog.write(new SiteChanged(
                        JsonMapper.shared()
                                .readValue(
                                        "{\"site\":\"%s\",\"consentPolicy\":\"%s\",\"timeZone\":\"America/New_York\"}"
                                                .formatted(site, site.equals(DOUBLE) ? "DOUBLE_OPT_IN" : "RECORDED"),
                                        SiteDocument.class),
                        Instant.EPOCH));
                await().until(() -> sites.find(site).isPresent());
            }
        }
    }

    private static String token(String role) {
        return TestTokens.token("sam", List.of(RECORDED, DOUBLE), List.of(role), Duration.ofMinutes(5));
    }

    private record Answer(int status, JsonNode json) {

        String text(String pointer) {
            return json.at(pointer).asString();
        }
    }

    private static Answer answer(RestTestClient.RequestHeadersSpec<?> request, String role) {
        var result = request.headers(headers -> headers.setBearerAuth(token(role)))
                .exchange()
                .expectBody()
                .returnResult();
        byte[] body = result.getResponseBody();
        return new Answer(
                result.getStatus().value(),
                body == null
                        ? JsonMapper.shared().nullNode()
                        : JsonMapper.shared().readTree(body));
    }

    private static String path(String site, String rest) {
        return "/api/sites/" + site + "/consents" + rest;
    }

    private Answer get(String site) {
        return answer(http.get().uri(path(site, "/{contact}"), contact), "staff");
    }

    private Answer put(String site, String json) {
        return put(site, json, "admin");
    }

    private Answer put(String site, String json, String role) {
        return answer(
                http.put()
                        .uri(path(site, "/{contact}"), contact)
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(json),
                role);
    }

    private void says(String site, State state, Source source, String words) {
        TestLog.write(new ConsentChanged(
                site,
                contact,
                state,
                source,
                List.of(),
                new Evidence("SM" + words.hashCode(), words, null, null),
                Instant.now()));
    }

    private List<JsonNode> told(String site) {
        return TestLog.all(Topics.CONSENT, entry -> (site + "|" + contact).equals(entry.key())).stream()
                .map(TestLog.Entry::json)
                .toList();
    }

    @Test
    void aNumberNobodyHeardOfIsUnknown() {
        Answer answer = get(RECORDED);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/state")).isEqualTo("UNKNOWN");
        assertThat(answer.text("/contact")).isEqualTo(contact);
        assertThat(answer.text("/refusal/reason")).isEqualTo("CONSENT_MISSING");
    }

    @Test
    void anAdministratorsChangeIsInForceAtOnceAndTold() {
        Answer changed = put(
                RECORDED,
                "{\"state\":\"OPTED_IN\",\"source\":\"STAFF\",\"categories\":[\"REMINDERS\"],"
                        + "\"evidence\":{\"words\":\"Said yes at the desk\",\"by\":\"somebody else\"}}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.text("/state")).isEqualTo("OPTED_IN");
        Answer seen = get(RECORDED);
        assertThat(seen.text("/source")).isEqualTo("STAFF");
        assertThat(seen.text("/evidence/words")).isEqualTo("Said yes at the desk");
        assertThat(seen.text("/evidence/by")).isEqualTo("sam");
        assertThat(seen.text("/categories/0")).isEqualTo("REMINDERS");
        assertThat(seen.json().get("refusal").isNull()).isTrue();
        await().untilAsserted(() -> assertThat(told(RECORDED)).hasSize(1));
        put(RECORDED, "{\"state\":\"OPTED_OUT\"}");
        await().untilAsserted(() -> assertThat(told(RECORDED)).hasSize(2));
        assertThat(get(RECORDED).text("/state")).isEqualTo("OPTED_OUT");
    }

    @Test
    void aNumberMayBeWrittenInAnyForm() {
        put(RECORDED, "{\"state\":\"OPTED_IN\"}");
        String digits = contact.substring(2);
        for (String written : List.of(
                digits,
                "1" + digits,
                "(%s) %s-%s".formatted(digits.substring(0, 3), digits.substring(3, 6), digits.substring(6)))) {
            Answer answer = answer(http.get().uri(path(RECORDED, "/{contact}"), written), "service");
            assertThat(answer.text("/contact")).isEqualTo(contact);
            assertThat(answer.text("/state")).isEqualTo("OPTED_IN");
        }
        assertThat(answer(http.get().uri(path(RECORDED, "/12")), "staff").text("/code"))
                .isEqualTo("INVALID_NUMBER");
    }

    @Test
    void whatThePersonSaidIsNotTheAdministratorsToUndo() {
        says(RECORDED, State.OPTED_OUT, Source.KEYWORD, "STOP");
        await().untilAsserted(() -> assertThat(get(RECORDED).text("/state")).isEqualTo("OPTED_OUT"));
        Answer refused = put(RECORDED, "{\"state\":\"OPTED_IN\",\"source\":\"STAFF\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("/code")).isEqualTo("OPTED_OUT");
        assertThat(get(RECORDED).text("/evidence/words")).isEqualTo("STOP");
        says(RECORDED, State.OPTED_IN, Source.KEYWORD, "START");
        await().untilAsserted(() -> assertThat(get(RECORDED).text("/state")).isEqualTo("OPTED_IN"));
        assertThat(put(RECORDED, "{\"state\":\"OPTED_OUT\"}").status()).isEqualTo(200);
        assertThat(put(RECORDED, "{\"state\":\"OPTED_IN\"}").status()).isEqualTo(200);
    }

    @Test
    void whatNeedsReviewIsSeenBesideWhatHolds() {
        says(RECORDED, State.NEEDS_REVIEW, Source.PLAIN_LANGUAGE, "wrong number");
        await().untilAsserted(() -> assertThat(get(RECORDED).text("/state")).isEqualTo("NEEDS_REVIEW"));
        put(RECORDED, "{\"state\":\"OPTED_IN\"}");
        assertThat(get(RECORDED).json().get("review").isNull()).isTrue();
        says(RECORDED, State.NEEDS_REVIEW, Source.PLAIN_LANGUAGE, "leave me alone");
        await().untilAsserted(() ->
                assertThat(get(RECORDED).text("/review/evidence/words")).isEqualTo("leave me alone"));
        assertThat(get(RECORDED).text("/state")).isEqualTo("OPTED_IN");
    }

    @Test
    void aDoubleOptInIsPendingUntilThePersonTextsStart() {
        assertThat(put(DOUBLE, "{\"state\":\"OPTED_IN\",\"source\":\"STAFF\"}").text("/state"))
                .isEqualTo("PENDING");
        assertThat(get(DOUBLE).text("/refusal/detail")).contains("START");
        await().untilAsserted(() -> assertThat(told(DOUBLE))
                .extracting(json -> json.get("state").asString())
                .containsExactly("PENDING"));
        says(DOUBLE, State.OPTED_IN, Source.KEYWORD, "START");
        await().untilAsserted(() -> assertThat(get(DOUBLE).text("/state")).isEqualTo("OPTED_IN"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{};state",
                "[];object",
                "null;object",
                "not json;JSON",
                "{\"state\":\"MAYBE\"};state",
                "{\"state\":\"UNKNOWN\"};state",
                "{\"state\":\"OPTED_IN\",\"source\":\"HEARSAY\"};source",
                "{\"state\":\"OPTED_IN\",\"source\":\"KEYWORD\"};source",
                "{\"state\":\"OPTED_IN\",\"source\":\"TWILIO_BLOCK\"};source",
                "{\"state\":\"OPTED_IN\",\"evidence\":\"yes\"};evidence",
                "{\"state\":\"OPTED_IN\",\"categories\":\"all\"};categories",
                "{\"state\":\"OPTED_IN\",\"at\":\"yesterday\"};at",
                "{\"state\":\"OPTED_IN\",\"at\":\"2999-01-01T00:00:00Z\"};at",
                "{\"state\":\"OPTED_IN\",\"at\":\"-2000-01-01T00:00:00Z\"};at",
            })
    void whatIsWrongIsRefusedByName(String json, String named) {
        Answer refused = put(RECORDED, json);
        assertThat(refused.status()).as(refused.json().toString()).isEqualTo(400);
        assertThat(refused.text("/detail")).contains(named);
        assertThat(refused.text("/code")).isEqualTo("INVALID_REQUEST");
        assertThat(get(RECORDED).text("/state")).isEqualTo("UNKNOWN");
    }

    @Test
    void onlyAnAdministratorChangesAndNobodySeesAnotherSite() {
        assertThat(put(RECORDED, "{\"state\":\"OPTED_IN\"}", "staff").status()).isEqualTo(403);
        assertThat(put(RECORDED, "{\"state\":\"OPTED_IN\"}", "service").status())
                .isEqualTo(403);
        assertThat(answer(http.get().uri(path("elsewhere", "/{contact}"), contact), "admin")
                        .status())
                .isEqualTo(404);
        assertThat(answer(http.get().uri(path("elsewhere", ".csv")), "admin").status())
                .isEqualTo(404);
        http.get()
                .uri(path(RECORDED, "/{contact}"), contact)
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void theLedgerIsPagedNewestFirst() {
        for (String at : List.of("2026-03-01", "2026-03-03", "2026-03-02")) {
            put(RECORDED, "{\"state\":\"OPTED_IN\",\"at\":\"%sT10:00:00Z\"}".formatted(at));
        }
        Answer first = answer(http.get().uri(path(RECORDED, "/{contact}/ledger?limit=2"), contact), "staff");
        assertThat(first.text("/items/0/at")).isEqualTo("2026-03-03T10:00:00Z");
        assertThat(first.text("/items/1/at")).isEqualTo("2026-03-02T10:00:00Z");
        assertThat(first.json().at("/items/1/moved").asBoolean()).isFalse();
        assertThat(first.text("/items/1/remark")).contains("older");
        Answer second = answer(
                http.get().uri(path(RECORDED, "/{contact}/ledger?limit=2&cursor={next}"), contact, first.text("/next")),
                "staff");
        assertThat(second.json().get("items")).hasSize(1);
        assertThat(second.json().get("next").isNull()).isTrue();
        assertThat(answer(http.get().uri(path(RECORDED, "/{contact}/ledger?cursor=x"), contact), "staff")
                        .status())
                .isEqualTo(400);
    }

    private Answer imported(String csv, String query) {
        return answer(
                http.post()
                        .uri(path(RECORDED, "/import" + query))
                        .contentType(MediaType.parseMediaType("text/csv"))
                        .body(csv.getBytes(StandardCharsets.UTF_8)),
                "admin");
    }

    private static List<String> results(Answer report) {
        return report.json()
                .get("items")
                .valueStream()
                .map(line -> line.get("line").asInt() + " " + line.get("result").asString())
                .toList();
    }

    @Test
    void aFileIsImportedLineByLine() {
        String other = "+1404538" + NUMBERS.incrementAndGet();
        String csv = "\uFEFFContact,State,at,words,form,categories,shoe size\r\n"
                + "%s,OPTED_IN,2026-03-01,\"Yes, \"\"please\"\"\nthanks\",Form 7,REMINDERS;NOTICES,9\r\n"
                        .formatted(contact.substring(2))
                + "not a number,OPTED_IN,,,,,\r\n"
                + other + ",maybe,,,,,\r\n"
                + other + ",OPTED_OUT,2999-01-01,,,,\r\n"
                + "\r\n"
                + other + "\r\n"
                + other + ",opted_in,2026-03-01T10:00:00Z\r\n"
                + other + ",OPTED_OUT,2026-02-01T10:00:00Z,,,,";
        Answer dry = imported(csv, "?dryRun=true");
        assertThat(dry.status()).as(dry.json().toString()).isEqualTo(200);
        assertThat(get(RECORDED).text("/state")).isEqualTo("UNKNOWN");
        Answer report = imported(csv, "");
        assertThat(results(report))
                .isEqualTo(results(dry))
                .containsExactly(
                        "2 ACCEPTED", "4 REFUSED", "5 REFUSED", "6 REFUSED", "8 REFUSED", "9 ACCEPTED", "10 UNCHANGED");
        assertThat(report.json().get("accepted").asInt()).isEqualTo(2);
        assertThat(report.text("/items/2/reason")).contains("state");
        Answer seen = get(RECORDED);
        assertThat(seen.text("/evidence/words")).isEqualTo("Yes, \"please\"\nthanks");
        assertThat(seen.text("/at")).isEqualTo("2026-03-01T05:00:00Z");
        assertThat(seen.text("/categories/1")).isEqualTo("NOTICES");
        assertThat(results(imported(csv, ""))).as("the same file again").doesNotContain("2 ACCEPTED", "9 ACCEPTED");
        await().untilAsserted(() -> assertThat(told(RECORDED)).hasSize(1));
    }

    @Test
    void anImportDoesNotUndoWhatThePersonSaid() {
        says(RECORDED, State.OPTED_OUT, Source.KEYWORD, "STOP");
        await().untilAsserted(() -> assertThat(get(RECORDED).text("/state")).isEqualTo("OPTED_OUT"));
        Answer report = imported("contact;state\n" + contact + ";OPTED_IN\n", "");
        assertThat(report.text("/items/0/result")).isEqualTo("REFUSED");
        assertThat(report.text("/items/0/reason")).contains("only the person");
        assertThat(get(RECORDED).text("/state")).isEqualTo("OPTED_OUT");
        Answer ledger = answer(http.get().uri(path(RECORDED, "/{contact}/ledger"), contact), "staff");
        assertThat(ledger.text("/items/0/source"))
                .as("it is noted all the same")
                .isEqualTo("IMPORT");
        assertThat(told(RECORDED)).as("and not told").hasSize(1);
    }

    @Test
    void aFormWithAFileIsAnImportToo() {
        MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
        form.add(
                "file",
                new ByteArrayResource(("contact,state\n" + contact + ",OPTED_IN").getBytes(StandardCharsets.UTF_8)) {
                    @Override
                    public String getFilename() {
                        return "consents.csv";
                    }
                });
        Answer report = answer(
                http.post()
                        .uri(path(RECORDED, "/import"))
                        .contentType(MediaType.MULTIPART_FORM_DATA)
                        .body(form),
                "admin");
        assertThat(report.json().get("accepted").asInt())
                .as(report.json().toString())
                .isEqualTo(1);
        assertThat(imported("number,state\n1,2", "").text("/detail")).contains("contact");
        assertThat(imported("", "").status()).isEqualTo(400);
    }

    @Test
    void aLongFileIsTakenWhole() {
        StringBuilder csv = new StringBuilder("contact,state,at\n");
        for (int line = 0; line < 20_000; line++) {
            csv.append("+1305%07d,OPTED_IN,2026-03-01T10:00:00Z\n".formatted(2_000_000 + line));
        }
        Answer report = imported(csv.toString(), "");
        assertThat(report.json().get("accepted").asInt()
                        + report.json().get("refused").asInt())
                .isEqualTo(20_000);
        assertThat(report.json().get("accepted").asInt()).isGreaterThan(15_000);
    }

    @Test
    void theApiDocumentSaysWhatIsWritten() {
        String document = new String(
                http.get()
                        .uri("/v3/api-docs")
                        .exchange()
                        .expectBody()
                        .returnResult()
                        .getResponseBody(),
                StandardCharsets.UTF_8);
        JsonNode paths = JsonMapper.shared().readTree(document).get("paths");
        String schema = "/requestBody/content/application~1json/schema/$ref";
        assertThat(paths.get("/api/sites/{site}/consents/{contact}")
                        .get("put")
                        .at(schema)
                        .asString())
                .endsWith("ConsentForm");
        assertThat(paths.get("/api/sites/{site}/consents/{contact}/invitation")
                        .get("post")
                        .at(schema)
                        .asString())
                .endsWith("InvitationRequest");
    }

    @Test
    void whereNoMailServerIsSetNobodyIsInvited() {
        Answer refused = answer(
                http.post()
                        .uri(path(RECORDED, "/{contact}/invitation"), contact)
                        .contentType(MediaType.APPLICATION_JSON)
                        .body("{\"email\":\"maria@example.org\"}"),
                "staff");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text("/code")).isEqualTo("MAIL_NOT_CONFIGURED");
        assertThat(refused.text("/detail")).contains("spring.mail.host");
    }

    @Test
    void theExportIsEvidenceThatNoSpreadsheetRuns() {
        put(
                RECORDED,
                "{\"state\":\"OPTED_IN\",\"evidence\":{\"words\":\"=HYPERLINK(\\\"https://x\\\"), yes\",\"form\":\"@form\"}}");
        String csv = new String(
                http.get()
                        .uri(path(RECORDED, ".csv"))
                        .headers(headers -> headers.setBearerAuth(token("staff")))
                        .exchange()
                        .expectHeader()
                        .valueEquals("Content-Disposition", "attachment; filename=\"consents-desk.csv\"")
                        .expectHeader()
                        .contentType("text/csv;charset=UTF-8")
                        .expectBody()
                        .returnResult()
                        .getResponseBody(),
                StandardCharsets.UTF_8);
        assertThat(csv.lines().findFirst())
                .hasValueSatisfying(
                        header -> assertThat(header).startsWith("contact,state,source,categories,at,notedAt,moved"));
        assertThat(csv.lines().filter(line -> line.startsWith(contact)))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains(",OPTED_IN,STAFF,", "\"'=HYPERLINK(\"\"https://x\"\"), yes\"", ",sam,", "'@form"));
    }
}

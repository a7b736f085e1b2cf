package org.casewire.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.casewire.ingest.testing.IngestParts.BARE_SITE;
import static org.casewire.ingest.testing.IngestParts.NEXT_TOKEN;
import static org.casewire.ingest.testing.IngestParts.OTHER_SITE;
import static org.casewire.ingest.testing.IngestParts.OTHER_TOKEN;
import static org.casewire.ingest.testing.IngestParts.PUBLIC_BASE_URL;
import static org.casewire.ingest.testing.IngestParts.SITE;
import static org.casewire.ingest.testing.IngestParts.TOKEN;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.casewire.events.Topics;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.TestLog.Entry;
import org.casewire.ingest.testing.Call;
import org.casewire.ingest.testing.IngestParts;
import org.casewire.ingest.testing.IngestTest;
import org.casewire.ingest.testing.Published;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@IngestTest
@ExtendWith(OutputCaptureExtension.class)
class WebhooksTest {

    private static final String MESSAGES = "/twilio/" + SITE + "/messages";
    private static final String CALLS = "/twilio/" + SITE + "/calls";
    private static final String STATUS = "/twilio/" + SITE + "/status";
    private static final String FROM = "+14045550123";
    private static final String TO = "+16175550199";
    private static final String BODY = "Kann ich am Dienstag kommen?";
    private static final AtomicInteger SIDS = new AtomicInteger();

    private static Published published;

    private final int port;
    private final int managementPort;
    private final Sites sites;

    WebhooksTest(@LocalServerPort int port, @LocalManagementPort int managementPort, Sites sites) {
        this.port = port;
        this.managementPort = managementPort;
        this.sites = sites;
    }

    @BeforeEach
    void theSitesAreKnown() {
        if (sites.find(BARE_SITE).isEmpty()) {
            IngestParts.publishSites();
            await().until(() -> sites.find(BARE_SITE).isPresent());
            published = new Published();
        }
    }

    @AfterEach
    void nothingPrivateWasLogged(CapturedOutput output) {
        assertThat(output.getAll())
                .doesNotContain(BODY, FROM, FROM.substring(1), TO, TOKEN, NEXT_TOKEN, OTHER_TOKEN, "X-Twilio");
    }

    private static String newSid() {
        return "SM%032x".formatted(SIDS.incrementAndGet());
    }

    private static Call text(String... more) {
        return Call.to(MESSAGES, "MessageSid", newSid(), "From", FROM, "To", TO, "Body", BODY)
                .with(more);
    }

    private static Call report(String query, String... more) {
        return Call.to(STATUS + query, "MessageSid", newSid(), "MessageStatus", "sent", "To", FROM, "From", TO)
                .with(more);
    }

    private static Call call(String... more) {
        return Call.to(
                        CALLS,
                        "CallSid",
                        newSid().replace("SM", "CA"),
                        "From",
                        FROM,
                        "To",
                        TO,
                        "Caller",
                        FROM,
                        "Called",
                        TO,
                        "CallStatus",
                        "ringing")
                .with(more);
    }

    private static String sid(Call call) {
        return call.form().get(1);
    }

    private static List<Entry> published(Call call) {
        return published.about(sid(call));
    }

    private JsonNode accepted(Call call) {
        boolean isText = call.path().startsWith(MESSAGES);
        HttpResponse<String> answer = call.send(port);
        assertThat(answer.body()).isEqualTo(isText ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>" : "");
        assertThat(answer.statusCode()).isEqualTo(isText ? 200 : 204);
        List<Entry> entries = published(call);
        assertThat(entries)
                .singleElement()
                .satisfies(entry -> assertThat(entry.topic()).isEqualTo(isText ? Topics.INBOUND : Topics.DELIVERY));
        return entries.getFirst().json();
    }

    private double refused(Refusal reason) {
        String metrics = RestClient.create("http://localhost:" + managementPort)
                .get()
                .uri("/actuator/prometheus")
                .retrieve()
                .body(String.class);
        return metrics.lines()
                .filter(line -> line.startsWith("casewire_webhooks_refused_total{")
                        && line.contains("reason=\"" + reason + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    static Stream<Arguments> refusedWebhooks() {
        Call unsigned = text().signature(null);
        return Stream.of(
                argumentSet("no signature", unsigned, Refusal.SIGNATURE_MISSING),
                argumentSet("an empty signature", text().signature(" "), Refusal.SIGNATURE_MISSING),
                argumentSet("a forged signature", text().signedWith("guess"), Refusal.SIGNATURE_INVALID),
                argumentSet("a signature that is none", text().signature("?"), Refusal.SIGNATURE_INVALID),
                argumentSet("a text changed on the way", text().body(changed()), Refusal.SIGNATURE_INVALID),
                argumentSet(
                        "replayed to another address",
                        text().signedFor(PUBLIC_BASE_URL + STATUS),
                        Refusal.SIGNATURE_INVALID),
                argumentSet(
                        "replayed with another query",
                        report("?attempt=2").signedFor(PUBLIC_BASE_URL + STATUS + "?attempt=1"),
                        Refusal.SIGNATURE_INVALID),
                argumentSet(
                        "replayed to another host",
                        text().signedFor("https://elsewhere.example.org" + MESSAGES),
                        Refusal.SIGNATURE_INVALID),
                argumentSet(
                        "replayed over http",
                        text().signedFor("http://texts.example.org" + MESSAGES),
                        Refusal.SIGNATURE_INVALID),
                argumentSet(
                        "replayed to another site",
                        Call.to("/twilio/" + OTHER_SITE + "/messages", "MessageSid", newSid(), "From", FROM)
                                .signedFor(PUBLIC_BASE_URL + MESSAGES),
                        Refusal.SIGNATURE_INVALID),
                argumentSet(
                        "signed with another site's token", text().signedWith(OTHER_TOKEN), Refusal.SIGNATURE_INVALID),
                argumentSet(
                        "a site without credentials",
                        Call.to("/twilio/" + BARE_SITE + "/messages", "MessageSid", newSid(), "From", FROM),
                        Refusal.NO_CREDENTIALS),
                argumentSet(
                        "an unknown site",
                        Call.to("/twilio/nobody/messages", "MessageSid", newSid(), "From", FROM),
                        Refusal.UNKNOWN_SITE),
                argumentSet("a form over 64 kB", text("Filler", "x".repeat(Gate.MAX_BODY)), Refusal.BODY_TOO_LARGE),
                argumentSet(
                        "a form over 64 kB of unsaid length",
                        text("Filler", "x".repeat(Gate.MAX_BODY)).inChunks(),
                        Refusal.BODY_TOO_LARGE),
                argumentSet(
                        "a form far over 64 kB without signature",
                        unsigned.body(new byte[1_000_000]),
                        Refusal.BODY_TOO_LARGE),
                argumentSet(
                        "a text without SID",
                        Call.to(MESSAGES, "MessageSid", "", "From", FROM),
                        Refusal.INVALID_REQUEST),
                argumentSet(
                        "a report without SID",
                        Call.to(STATUS, "SmsSid", "SM1", "MessageStatus", "sent", "To", FROM),
                        Refusal.INVALID_REQUEST),
                argumentSet(
                        "a report without status",
                        Call.to(STATUS, "MessageSid", newSid(), "To", FROM),
                        Refusal.INVALID_REQUEST),
                argumentSet(
                        "a report without recipient",
                        Call.to(STATUS, "MessageSid", newSid(), "MessageStatus", "sent"),
                        Refusal.INVALID_REQUEST),
                argumentSet("a text from nobody", Call.to(MESSAGES, "MessageSid", newSid()), Refusal.INVALID_REQUEST),
                argumentSet(
                        "a sender that would break the key",
                        Call.to(MESSAGES, "MessageSid", newSid(), "From", "+1404|5550123"),
                        Refusal.INVALID_REQUEST),
                argumentSet(
                        "a sender with a control character",
                        Call.to(MESSAGES, "MessageSid", newSid(), "From", "+1404\n5550123"),
                        Refusal.INVALID_REQUEST),
                argumentSet(
                        "a damaged escape",
                        text().body("Body=100%".getBytes(StandardCharsets.UTF_8)),
                        Refusal.INVALID_REQUEST),
                argumentSet(
                        "too many parameters",
                        text().body("a=&".repeat(2_000).getBytes(StandardCharsets.UTF_8)),
                        Refusal.INVALID_REQUEST),
                argumentSet(
                        "a stranger's forwarded host",
                        text().signedFor("https://elsewhere.example.org" + MESSAGES)
                                .header("X-Forwarded-Host", "elsewhere.example.org")
                                .header("X-Forwarded-Proto", "https"),
                        Refusal.SIGNATURE_INVALID),
                argumentSet("a call without SID", Call.to(CALLS, "From", FROM, "To", TO), Refusal.INVALID_REQUEST),
                argumentSet("a forged call", call().signedWith("guess"), Refusal.SIGNATURE_INVALID),
                argumentSet(
                        "a call changed on the way",
                        call().body("CallSid=CA1&From=%2B14045550123&CallToken=x".getBytes(StandardCharsets.UTF_8)),
                        Refusal.SIGNATURE_INVALID),
                argumentSet("an empty form", Call.to(MESSAGES), Refusal.INVALID_REQUEST));
    }

    private static byte[] changed() {
        return ("MessageSid=" + newSid() + "&From=%2B14045550123&Body=other").getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("refusedWebhooks")
    void aWebhookIsRefusedCountedAndNotPublished(Call call, Refusal reason) {
        double before = refused(reason);
        int size = published.all().size();
        HttpResponse<String> answer = call.send(port);
        assertThat(answer.statusCode()).isEqualTo(reason.status().value());
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = JsonMapper.shared().readTree(answer.body());
        assertThat(problem.get("code").asString()).isEqualTo(reason.name());
        assertThat(problem.get("status").asInt()).isEqualTo(answer.statusCode());
        assertThat(problem.get("detail").asString()).isNotBlank().doesNotContain(FROM);
        assertThat(refused(reason)).isEqualTo(before + 1);
        assertThat(published.all()).hasSize(size);
    }

    static Stream<Arguments> wronglySpoken() {
        return Stream.of(
                argumentSet("GET", text().method("GET"), 405),
                argumentSet("PUT", text().method("PUT"), 405),
                argumentSet("DELETE", report("").method("DELETE"), 405),
                argumentSet("JSON", text().header("Content-Type", "application/json"), 415),
                argumentSet("multipart", text().header("Content-Type", "multipart/form-data; boundary=x"), 415),
                argumentSet("no kind of webhook", Call.to("/twilio/" + SITE + "/other"), 404));
    }

    @ParameterizedTest
    @MethodSource("wronglySpoken")
    void whatIsNoWebhookGetsAProblem(Call call, int status) {
        HttpResponse<String> answer = call.send(port);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void headIsNotAllowed() {
        HttpResponse<String> answer = text().method("HEAD").send(port);
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
    }

    @Test
    void theFieldThatIsMissingIsNamed() {
        assertThat(Call.to(MESSAGES, "From", FROM).send(port).body()).contains("MessageSid");
        assertThat(Call.to(STATUS, "MessageSid", newSid(), "To", FROM)
                        .send(port)
                        .body())
                .contains("MessageStatus");
    }

    static Stream<Arguments> genuineWebhooks() {
        return Stream.of(
                argumentSet("a text", text()),
                argumentSet("a report", report("")),
                argumentSet("signed with the default port", text().signedFor(PUBLIC_BASE_URL + ":443" + MESSAGES)),
                argumentSet("signed with the next token", text().signedWith(NEXT_TOKEN)),
                argumentSet("repeated names", text("Tag", "b", "Tag", "a", "Tag", "b")),
                argumentSet("an escaped query", report("?a=%20b%2Bc&d=%C3%A9&e=a+b")),
                argumentSet("a query that is no text", report("?attempt=%FF")),
                argumentSet("an apostrophe in the query", report("?a=it's")),
                argumentSet(
                        "an escaped address",
                        Call.to("/twilio/harbor%2Daid/messages", "MessageSid", newSid(), "From", FROM)
                                .signedFor(PUBLIC_BASE_URL + "/twilio/harbor%2Daid/messages")),
                argumentSet("a length unsaid", text().inChunks()),
                argumentSet("a form of exactly 64 kB", exactly(Gate.MAX_BODY)),
                argumentSet("another site of the installation", otherSite()),
                argumentSet(
                        "a number of a Messaging Service's pool, owned by a sub-account",
                        text(
                                "MessagingServiceSid",
                                "MG00000000000000000000000000000001",
                                "AccountSid",
                                "AC000000000000000000000000000000ff")));
    }

    private static Call exactly(int size) {
        String sid = newSid();
        int rest = size - ("MessageSid=" + sid + "&From=1&Filler=").length();
        return Call.to(MESSAGES, "MessageSid", sid, "From", "1", "Filler", "x".repeat(rest));
    }

    private static Call otherSite() {
        return Call.to("/twilio/" + OTHER_SITE + "/status", "MessageSid", newSid(), "To", FROM)
                .with("MessageStatus", "sent")
                .signedWith(OTHER_TOKEN);
    }

    @ParameterizedTest
    @MethodSource("genuineWebhooks")
    void aGenuineWebhookIsTaken(Call call) {
        HttpResponse<String> answer = call.send(port);
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 204);
        assertThat(published(call)).hasSize(1);
    }

    @Test
    void aTextBecomesAnEventWithEverythingTwilioSaid() {
        Call call = text(
                        "NumSegments", "2",
                        "NumMedia", "2",
                        "MediaUrl0", "https://api.twilio.com/m/ME0",
                        "MediaContentType0", "image/jpeg",
                        "MediaUrl1", "https://api.twilio.com/m/ME1",
                        "MediaUrl2", "https://api.twilio.com/m/ME2",
                        "FromCity", "",
                        "AccountSid", "AC1",
                        "Tag", "b",
                        "Tag", "a")
                .header("I-Twilio-Idempotency-Token", "3f1c");
        JsonNode event = accepted(call);
        assertThat(event).isEqualTo(JsonMapper.shared().readTree("""
                {"sid":"%s","site":"harbor-aid","contact":"%s","to":"%s","body":"%s",
                 "media":[{"url":"https://api.twilio.com/m/ME0","contentType":"image/jpeg"},
                          {"url":"https://api.twilio.com/m/ME1","contentType":null}],
                 "segments":2,"keyword":"NONE","receivedAt":"%s","recovered":false,"answer":null,
                 "attributes":{"MediaUrl2":"https://api.twilio.com/m/ME2","FromCity":"","AccountSid":"AC1",
                               "Tag":"b\\na","I-Twilio-Idempotency-Token":"3f1c"}}
                """.formatted(
                        sid(call), FROM, TO, BODY, event.get("receivedAt").asString())));
        assertThat(event.get("receivedAt").asString()).endsWith("Z");
    }

    @Test
    void theRecordCarriesTheHeadersOfACloudEvent() {
        Call call = text().header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        accepted(call);
        Entry entry = published(call).getFirst();
        assertThat(entry.key()).isEqualTo("harbor-aid|" + FROM);
        assertThat(entry.headers())
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_type", "casewire.MessageReceived.v1")
                .containsEntry("ce_source", "/casewire/webhook-ingest-service")
                .containsEntry("ce_subject", sid(call))
                .containsEntry("content-type", "application/json")
                .containsEntry("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(UUID.fromString(entry.headers().get("ce_id"))).isNotNull();
        assertThat(Instant.parse(entry.headers().get("ce_time")))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
    }

    @Test
    void aReportGoesOnWithTheTraceItsAddressNamesAndSoDoesTheReply() {
        String person = "+1404538" + (1000 + ThreadLocalRandom.current().nextInt(9000));
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        Call report = Call.to(
                        STATUS + "?attempt=" + UUID.randomUUID() + "&part=1&trace=" + trace,
                        "MessageSid",
                        newSid(),
                        "MessageStatus",
                        "delivered",
                        "To",
                        person)
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        accepted(report);
        assertThat(published(report).getFirst().headers()).containsEntry("traceparent", trace);
        Call reply =
                Call.to(MESSAGES, "MessageSid", newSid(), "From", person, "To", TO, "Body", "Yes", "NumMedia", "0");
        accepted(reply);
        assertThat(published(reply).getLast().headers()).containsEntry("traceparent", trace);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "x",
                ""
            })
    void whatIsNoTraceInAnAddressBeginsOne(String trace) {
        Call report = report("?trace=" + trace);
        accepted(report);
        assertThat(published(report).getFirst().headers().get("traceparent"))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01")
                .isNotEqualTo(trace);
    }

    @Test
    void aTraceIsStartedWhereNoneWasBrought() {
        Call call = report("");
        accepted(call);
        Entry entry = published(call).getFirst();
        assertThat(entry.headers().get("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        assertThat(entry.type()).isEqualTo("casewire.DeliveryReported.v1");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodySurvivesAsItIs(String body) {
        Call call = Call.to(MESSAGES, "MessageSid", newSid(), "From", FROM, "Body", body);
        assertThat(accepted(call).get("body").asString()).isEqualTo(body);
    }

    static Stream<String> bodies() {
        return Stream.of(
                "",
                "  with spaces around it \r\n",
                "😀👩‍👩‍👧 family",
                "مرحبا، متى الموعد؟",
                "100% & more = \"fun\" <b>+1</b>",
                "日本語",
                "a\u0000b");
    }

    @Test
    void aPictureMessageCarriesUpToTenFiles() {
        List<String> files = new ArrayList<>(List.of("NumMedia", "11"));
        for (int file = 0; file < 11; file++) {
            files.addAll(List.of("MediaUrl" + file, "https://api.twilio.com/m/ME" + file));
            files.addAll(List.of("MediaContentType" + file, "image/png"));
        }
        JsonNode event = accepted(text(files.toArray(String[]::new)));
        assertThat(event.get("media")).hasSize(10);
        assertThat(event.at("/media/9/url").asString()).isEqualTo("https://api.twilio.com/m/ME9");
        assertThat(event.at("/media/9/contentType").asString()).isEqualTo("image/png");
        assertThat(event.get("attributes").propertyNames()).containsExactly("MediaUrl10", "MediaContentType10");
    }

    @Test
    void aCallBecomesAnEventAndIsNotTaken() {
        Call call = call("StirVerstat", "TN-Validation-Passed-A").header("I-Twilio-Idempotency-Token", "77");
        HttpResponse<String> answer = call.send(port);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/xml");
        assertThat(answer.body()).contains("<Reject/>");
        assertThat(published(call)).singleElement().satisfies(entry -> {
            assertThat(entry.topic()).isEqualTo(Topics.INBOUND);
            assertThat(entry.event()).isEqualTo("CallReceived");
            assertThat(entry.key()).isEqualTo("harbor-aid|" + FROM);
            assertThat(entry.json()).isEqualTo(JsonMapper.shared().readTree("""
                    {"callSid":"%s","site":"harbor-aid","contact":"%s","to":"%s","receivedAt":"%s","attributes":
                     {"CallStatus":"ringing","StirVerstat":"TN-Validation-Passed-A","I-Twilio-Idempotency-Token":"77"}}
                    """.formatted(
                            sid(call), FROM, TO, entry.json().get("receivedAt").asString())));
        });
    }

    @Test
    void whatIsAddedToACallAfterItWasSignedDoesNotMakeItForged() {
        Call signed = call();
        Call call = signed.with("CallToken", "{}", "StirVerstat", "TN-Validation-Passed-A")
                .signature(signed.signatureSent());
        assertThat(call.send(port).statusCode()).isEqualTo(200);
        assertThat(published(call)).hasSize(1);
        assertThat(signed.with("From", "+14045550199")
                        .signature(signed.signatureSent())
                        .send(port)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void keywordsAreRecognised() {
        assertThat(accepted(Call.to(MESSAGES, "MessageSid", newSid(), "From", FROM, "Body", " Stop. "))
                        .get("keyword")
                        .asString())
                .isEqualTo("STOP");
        JsonNode found = accepted(text("OptOutType", "HELP"));
        assertThat(found.get("keyword").asString()).isEqualTo("HELP");
        assertThat(found.get("attributes").get("OptOutType").asString()).isEqualTo("HELP");
    }

    private static List<JsonNode> consents(Call call) {
        return published.all().stream()
                .filter(entry -> entry.topic().equals(Topics.CONSENT))
                .map(Entry::json)
                .filter(json -> sid(call).equals(json.at("/evidence/sid").asString()))
                .toList();
    }

    @Test
    void whatIsSaidOfConsentIsToldBesideTheText() {
        Call stop = Call.to(MESSAGES, "MessageSid", newSid(), "From", FROM, "Body", " Stop. ");
        JsonNode text = accepted(stop);
        assertThat(consents(stop)).singleElement().isEqualTo(JsonMapper.shared().readTree("""
                {"site":"harbor-aid","contact":"%s","state":"OPTED_OUT","source":"KEYWORD","categories":[],
                 "evidence":{"sid":"%s","words":" Stop. ","by":null,"form":null},"at":"%s"}
                """.formatted(
                        FROM, sid(stop), text.get("receivedAt").asString())));
        Call unsure = Call.to(MESSAGES, "MessageSid", newSid(), "From", FROM, "Body", "wrong number");
        accepted(unsure);
        assertThat(consents(unsure))
                .extracting(json -> json.get("state").asString())
                .containsExactly("NEEDS_REVIEW");
        Call everyday = text();
        accepted(everyday);
        assertThat(consents(everyday)).isEmpty();
    }

    @Test
    void sendersThatAreNoNumbersAreCarriedAsGiven() {
        for (String from : List.of("whatsapp:+14045550123", "rcs:agent_1", "20404", " 14045550123")) {
            Call call = Call.to(MESSAGES, "MessageSid", newSid(), "From", from);
            assertThat(accepted(call).get("contact").asString()).isEqualTo(from);
            assertThat(published(call).getFirst().key()).isEqualTo("harbor-aid|" + from);
        }
    }

    @Test
    void numbersThatAreNoneDoNotCostTheText() {
        JsonNode event = accepted(text("NumSegments", "many", "NumMedia", "999999999"));
        assertThat(event.get("segments").asInt()).isEqualTo(1);
        assertThat(event.get("media")).isEmpty();
    }

    @Test
    void aReportNamesMessageAttemptAndPartOfItsAddress() {
        UUID attempt = UUID.randomUUID();
        UUID message = UUID.randomUUID();
        Call call = Call.to(
                STATUS + "?attempt=" + attempt + "&message=" + message + "&part=2",
                "MessageSid",
                newSid(),
                "MessageStatus",
                "Undelivered",
                "To",
                FROM,
                "From",
                TO,
                "ErrorCode",
                "30003");
        JsonNode event = accepted(call);
        assertThat(event).isEqualTo(JsonMapper.shared().readTree("""
                {"sid":"%s","site":"harbor-aid","contact":"%s","from":"%s","status":"undelivered","errorCode":30003,
                 "messageId":"%s","part":2,"attempt":"%s","receivedAt":"%s","attributes":{}}
                """.formatted(
                sid(call), FROM, TO, message, attempt, event.get("receivedAt").asString())));
    }

    @Test
    void aReportWithoutSuchNamesIsTakenAsWell() {
        JsonNode event = accepted(report("?attempt=first&part=two&message=%C3", "ErrorCode", "none"));
        for (String field : List.of("messageId", "part", "attempt", "errorCode")) {
            assertThat(event.get(field).isNull()).as(field).isTrue();
        }
    }

    @Test
    void whatElseAReportSaysTravelsWithIt() {
        Call call = report(
                        "",
                        "SmsSid",
                        "SM1",
                        "SmsStatus",
                        "sent",
                        "ApiVersion",
                        "2010-04-01",
                        "RawDlrDoneDate",
                        "2603021408",
                        "MessagingServiceSid",
                        "MG1")
                .header("I-Twilio-Idempotency-Token", "9a1c");
        assertThat(accepted(call).get("attributes"))
                .isEqualTo(JsonMapper.shared().readTree("""
                {"RawDlrDoneDate":"2603021408","MessagingServiceSid":"MG1","I-Twilio-Idempotency-Token":"9a1c"}
                """));
    }

    @Test
    void aDuplicateIsPassedOn() {
        Call call = report("");
        assertThat(call.send(port).statusCode()).isEqualTo(204);
        assertThat(call.send(port).statusCode()).isEqualTo(204);
        assertThat(published(call)).hasSize(2);
    }

    @Test
    void theServiceIsReadyAndDescribesItself() {
        RestClient http = RestClient.create("http://localhost:" + port);
        assertThat(http.get()
                        .uri("/actuator/health/readiness")
                        .retrieve()
                        .toBodilessEntity()
                        .getStatusCode()
                        .value())
                .isEqualTo(200);
        assertThat(http.get().uri("/v3/api-docs").retrieve().body(String.class))
                .contains("/twilio/{site}/messages", "/twilio/{site}/status");
    }
}

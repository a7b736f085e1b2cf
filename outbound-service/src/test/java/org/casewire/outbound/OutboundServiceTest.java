package org.casewire.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.casewire.events.DeliveryEvent.DeliveryReported;
import org.casewire.events.Topics;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestLog.Entry;
import org.casewire.events.testing.TestTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
class OutboundServiceTest extends OutboundWithTwin {

    private final RestTestClient http;
    private final JdbcClient jdbc;
    private final MeterRegistry meters;

    OutboundServiceTest(RestTestClient http, JdbcClient jdbc, MeterRegistry meters) {
        this.http = http;
        this.jdbc = jdbc;
        this.meters = meters;
    }

    private JsonNode get(String path) {
        byte[] body = http.get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(TestTokens.staff("maria", "demo")))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody();
        return JsonMapper.shared().readTree(body);
    }

    private String status(UUID id) {
        return get("/api/sites/demo/messages/" + id).get("status").asString();
    }

    private void report(UUID id, String sid, String status) {
        TestLog.write(
                new DeliveryReported(sid, "demo", contact, TwinPart.NUMBER, status, null, id, 1, null, Instant.now()));
    }

    private static String sid(UUID id) {
        return events(id, 1).getFirst().json().get("sid").asString();
    }

    @Test
    void aRequestBecomesOneTextAndItsEventsSaySo() {
        UUID id = request(
                ",\"body\":\"Your hearing is on Monday 📅 غداً\",\"caseRef\":{\"kind\":\"CASE\",\"id\":\"16E-1\"},"
                        + "\"sentBy\":\"maria\",\"attributes\":{\"ticket\":\"7\"}");

        List<Entry> events = events(id, 2);

        assertThat(told(events)).startsWith("MessageAccepted", "MessageStatusChanged QUEUED");
        JsonNode accepted = events.getFirst().json();
        assertThat(accepted.get("body").asString()).isEqualTo("Your hearing is on Monday 📅 غداً");
        assertThat(accepted.get("to").asString()).isEqualTo(contact);
        assertThat(accepted.get("from").asString()).isEqualTo(TwinPart.NUMBER);
        assertThat(accepted.get("caseRef").get("id").asString()).isEqualTo("16E-1");
        assertThat(accepted.get("attributes").get("ticket").asString()).isEqualTo("7");
        assertThat(accepted.get("sid").asString()).matches("SM[0-9a-f]{32}");
        assertThat(accepted.get("part").asInt()).isEqualTo(1);
        assertThat(accepted.get("parts").asInt()).isEqualTo(1);
        assertThat(events.getFirst().key()).isEqualTo("demo|" + contact);
        await().untilAsserted(() ->
                assertThat(TwinPart.bodies(contact)).containsExactly("Your hearing is on Monday 📅 غداً"));
    }

    @Test
    void theTraceOfTheRequestGoesOnInItsEvents() {
        UUID id = UUID.randomUUID();
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var message = new org.apache.kafka.clients.producer.ProducerRecord<String, byte[]>(
                Topics.SEND_QUEUE,
                "demo|" + contact,
                "{\"messageId\":\"%s\",\"site\":\"demo\",\"to\":\"%s\",\"body\":\"Hi\"}"
                        .formatted(id, contact)
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        message.headers().add("ce_type", "casewire.SendRequested.v1".getBytes());
        message.headers().add("traceparent", trace.getBytes());
        TestLog.send(message);
        assertThat(events(id, 1).getFirst().headers()).containsEntry("traceparent", trace);
    }

    @Test
    void theSameRequestTwiceIsOneText() {
        UUID id = request(",\"body\":\"Once\"");
        request(id, ",\"body\":\"Once\"");
        events(id, 2);
        UUID after = request(",\"body\":\"After\"");
        events(after, 2);
        await().untilAsserted(() -> assertThat(TwinPart.bodies(contact)).containsExactly("Once", "After"));
        assertThat(TwinPart.creates(contact)).hasSize(2);
    }

    @Test
    void anIdUsedForAnotherTextIsADeadLetterAndTheFirstTextStands() {
        UUID id = request(",\"body\":\"First\"");
        events(id, 2);
        request(id, ",\"body\":\"Second\"");
        List<Entry> letters =
                TestLog.await(Topics.SEND_QUEUE + ".dlt", 1, entry -> ("demo|" + contact).equals(entry.key()));
        assertThat(letters.getFirst().headers().get("x-reason")).contains("was used before");
        assertThat(TwinPart.bodies(contact)).containsExactly("First");
    }

    @Test
    void callbacksInAnyOrderAndNumberEndWhereTwilioEnded() {
        UUID id = request(",\"body\":\"Shuffled\"");
        String sid = sid(id);
        report(id, sid, "delivered");
        report(id, sid, "sent");
        report(id, sid, "delivered");
        report(id, sid, "queued");
        await().untilAsserted(() -> assertThat(status(id)).isEqualTo("DELIVERED"));
        assertThat(told(events(id, 3)))
                .containsExactly("MessageAccepted", "MessageStatusChanged QUEUED", "MessageStatusChanged DELIVERED");
        JsonNode history = get("/api/sites/demo/messages/" + id).get("history");
        assertThat(history.size()).isEqualTo(2);
        assertThat(history.get(1).get("status").asString()).isEqualTo("DELIVERED");
        assertThat(history.get(1).get("source").asString()).isEqualTo("CALLBACK");
    }

    @Test
    void aStatusNobodyReportsIsAskedFor() {
        UUID id = request(",\"body\":\"Lost callbacks\"");
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(status(id)).isEqualTo("DELIVERED"));
        assertThat(get("/api/sites/demo/messages/" + id).get("history").toString())
                .contains("ASKED");
    }

    @Test
    void aRefusalOfTwilioIsTheReasonGiven() {
        TwinPart.faults(
                "{\"create\":[{\"fault\":\"STATUS\",\"status\":400,\"code\":21614,\"to\":\"%s\"}]}".formatted(contact));
        UUID id = request(",\"body\":\"To a landline\"");
        JsonNode event = rejection(id).json();
        assertThat(event.get("reason").asString()).isEqualTo("TWILIO_REFUSED");
        assertThat(event.get("detail").asString()).contains("21614");
        await().untilAsserted(() -> assertThat(status(id)).isEqualTo("REJECTED"));
    }

    @Test
    void aPersonWhoTextedStopIsNotTextedAgain() {
        TwinPart.text(contact, "STOP");
        UUID id = request(",\"body\":\"Still there?\"");
        JsonNode event = rejection(id).json();
        assertThat(event.get("reason").asString()).isEqualTo("OPTED_OUT");
        assertThat(event.get("detail").asString()).contains("21610");
    }

    @Test
    void anAnswerThatNeverCameIsSettledByTheCallbackThatNamesTheMessage() {
        TwinPart.faults(
                "{\"create\":[{\"fault\":\"ACCEPT_THEN_CLOSE\",\"times\":1,\"to\":\"%s\"}]}".formatted(contact));
        UUID id = request(",\"body\":\"Doubtful\"");
        await().untilAsserted(() -> assertThat(TwinPart.handset(contact)).hasSize(1));
        String sid = TwinPart.handset(contact).getFirst().get("sid").asString();
        report(id, sid, "sent");
        assertThat(told(events(id, 2))).startsWith("MessageAccepted");
        await().untilAsserted(() -> assertThat(status(id)).isIn("SENT", "DELIVERED"));
        UUID after = request(",\"body\":\"After\"");
        events(after, 2);
        assertThat(TwinPart.bodies(contact)).containsExactly("Doubtful", "After");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACCEPT_THEN_CLOSE", "ACCEPT_THEN_500", "ACCEPT_THEN_DELAY"})
    void anAnswerThatNeverCameIsSettledByTwiliosListAndTheTextLeavesOnce(String fault) {
        TwinPart.faults("{\"create\":[{\"fault\":\"%s\",\"delayMs\":6000,\"times\":1,\"to\":\"%s\"}]}"
                .formatted(fault, contact));
        UUID id = request(",\"body\":\"Once, whatever happens\"");
        assertThat(told(events(id, 2))).startsWith("MessageAccepted");
        assertThat(get("/api/sites/demo/messages/" + id).get("history").toString())
                .contains("LISTED");
        UUID after = request(",\"body\":\"After\"");
        events(after, 2);
        assertThat(TwinPart.bodies(contact)).containsExactly("Once, whatever happens", "After");
    }

    @Test
    void anAttemptThatNeverReachedTwilioIsMadeAgainAndALateCallbackOfItIsADouble() {
        TwinPart.faults("{\"create\":[{\"fault\":\"CLOSE\",\"times\":1,\"to\":\"%s\"}]}".formatted(contact));
        UUID id = request(",\"body\":\"Made again\"");
        events(id, 2);
        await().untilAsserted(() -> assertThat(TwinPart.bodies(contact)).containsExactly("Made again"));
        assertThat(jdbc.sql("SELECT outcome FROM attempt WHERE message_id = ?")
                        .param(id)
                        .query(String.class)
                        .list())
                .containsExactly("ABANDONED");
        double doubles = doubles();
        String abandoned = "SM" + id.toString().replace("-", "");

        report(id, abandoned, "failed");
        report(id, abandoned, "undelivered");

        await().untilAsserted(() -> assertThat(jdbc.sql("SELECT advanced FROM status_report WHERE sid = ?")
                        .param(abandoned)
                        .query(Boolean.class)
                        .list())
                .containsExactly(false, false));
        assertThat(doubles()).isEqualTo(doubles + 1);
        assertThat(events(id, 2)).noneMatch(event -> new String(event.value()).contains(abandoned));
        assertThat(status(id)).isNotEqualTo("FAILED");
    }

    private double doubles() {
        return meters.counter("casewire.texts.doubled").count();
    }

    @Test
    void tooBusyIsTriedAgainUntilItIsTaken() {
        TwinPart.faults("{\"create\":[{\"fault\":\"STATUS\",\"status\":429,\"code\":20429,\"times\":3,\"to\":\"%s\"}]}"
                .formatted(contact));
        UUID id = request(",\"body\":\"Patience\"");
        assertThat(told(events(id, 2))).startsWith("MessageAccepted");
        await().untilAsserted(() -> assertThat(TwinPart.bodies(contact)).containsExactly("Patience"));
    }

    @Test
    void anAttemptWhoseProcessDiedIsMadeAgainWhenTwilioDoesNotKnowIt() {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                        INSERT INTO message (site, message_id, contact, sender, body, purpose, audience, fingerprint,
                                             parts, status, trace_parent, created_at)
                        VALUES ('demo', :id, :contact, :sender, 'Left behind', 'CONVERSATION', 'CLIENT', '', 1, 'SENDING',
                                '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', now())
                        """)
                .param("id", id)
                .param("contact", contact)
                .param("sender", TwinPart.NUMBER)
                .update();
        jdbc.sql("""
                        INSERT INTO part (site, message_id, part, parts, contact, sender, lane, line_at, due_at, body,
                                          segments, status, attempt, attempt_at, lease_until, updated_at)
                        VALUES ('demo', :id, 1, 1, :contact, :sender, 0, now(), now(), 'Left behind', 1, 'SENDING',
                                gen_random_uuid(), now(), now() + interval '1 second', now())
                        """)
                .param("id", id)
                .param("contact", contact)
                .param("sender", TwinPart.NUMBER)
                .update();
        UUID later = request(",\"body\":\"Later\"");
        events(later, 2);
        await().untilAsserted(() -> assertThat(TwinPart.bodies(contact)).containsExactly("Left behind", "Later"));
    }

    @Test
    void aPictureIsAPartOfItsOwnAndLeavesAfterTheText() {
        UUID id = request(",\"body\":\"Look\",\"mediaUrls\":[\"http://127.0.0.1:1/a.png\"]");
        List<Entry> accepted = TestLog.await(
                Topics.OUTBOUND,
                2,
                entry -> id.toString().equals(entry.headers().get("ce_subject"))
                        && entry.event().equals("MessageAccepted"));
        assertThat(accepted)
                .extracting(entry -> entry.json().get("part").asInt())
                .containsExactly(1, 2);
        assertThat(accepted.getLast().json().get("mediaUrls").get(0).asString()).isEqualTo("http://127.0.0.1:1/a.png");
        assertThat(accepted)
                .extracting(entry -> entry.json().get("parts").asInt())
                .containsExactly(2, 2);
    }

    @Test
    void aTextForLaterIsScheduledAndNotSent() {
        Instant later = Instant.now().plus(Duration.ofDays(400));
        UUID id = request(",\"body\":\"Much later\",\"sendAt\":\"%s\"".formatted(later));
        Entry event = events(id, 1).getFirst();
        assertThat(event.event()).isEqualTo("MessageScheduled");
        assertThat(Instant.parse(event.json().get("sendAt").asString())).isEqualTo(later);
        UUID now = request(",\"body\":\"Now\"");
        events(now, 2);
        assertThat(TwinPart.bodies(contact)).containsExactly("Now");
        assertThat(status(id)).isEqualTo("SCHEDULED");
    }

    @Test
    void aConversationStaysWithTheSenderItHas() {
        UUID first = request(",\"body\":\"One\",\"from\":\"%s\"".formatted(TwinPart.SECOND_NUMBER));
        events(first, 2);
        UUID second = request(",\"body\":\"Two\"");
        assertThat(events(second, 1).getFirst().json().get("from").asString()).isEqualTo(TwinPart.SECOND_NUMBER);
    }

    @Test
    void aSiteWithoutCredentialsHoldsItsTexts() {
        UUID id = UUID.randomUUID();
        TestLog.write(
                Topics.SEND_QUEUE,
                "silent|" + contact,
                "SendRequested",
                "{\"messageId\":\"%s\",\"site\":\"silent\",\"to\":\"%s\",\"body\":\"Hi\"}".formatted(id, contact));
        Entry event = events(id, 1).getFirst();
        assertThat(event.event()).isEqualTo("MessageHeld");
        assertThat(event.json().get("reason").asString()).isEqualTo("NO_CREDENTIALS");
        assertThat(TwinPart.creates(contact)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    INVALID_NUMBER        ; {"site":"demo","to":"12345","body":"Hi"}
                    INVALID_REQUEST       ; {"site":"demo","body":"Hi"}
                    UNSUPPORTED_COUNTRY   ; {"site":"demo","to":"+4930123456","body":"Hi"}
                    BODY_MISSING          ; {"site":"demo","to":"404-538-7319"}
                    BODY_MISSING          ; {"site":"demo","to":"404-538-7319","body":"  "}
                    UNKNOWN_SENDER        ; {"site":"demo","to":"404-538-7319","body":"Hi","from":"+14045380000"}
                    INVALID_REQUEST       ; {"site":"demo","to":"404-538-7319","body":"Hi","purpose":"SPAM"}
                    INVALID_REQUEST       ; {"site":"demo","to":"404-538-7319","body":"Hi","sendAt":"tomorrow"}
                    INVALID_REQUEST       ; {"site":"demo","to":"404-538-7319","body":"Hi","caseRef":{"kind":"CASE"}}
                    INVALID_REQUEST       ; {"site":"demo","to":"404-538-7319","body":"nul\\u0000"}
                    INVALID_SCHEDULE      ; {"site":"demo","to":"404-538-7319","body":"Hi","sendAt":"2020-01-01T00:00:00Z"}
                    EXPIRED               ; {"site":"demo","to":"404-538-7319","body":"Hi","expiresAt":"2020-01-01T00:00:00Z"}
                    INVALID_MEDIA         ; {"site":"demo","to":"404-538-7319","mediaUrls":["javascript:alert(1)"]}
                    UNKNOWN_QUICK_ENTRY   ; {"site":"demo","to":"404-538-7319","quickEntry":{"name":"none"}}
                    UNKNOWN_SITE          ; {"site":"nowhere","to":"404-538-7319","body":"Hi"}
                    CONSENT_MISSING       ; {"site":"careful","to":"404-538-7319","body":"Hi"}
                    """)
    void whatCannotBeSentIsRejectedWithItsReason(String reason, String json) {
        UUID id = UUID.randomUUID();
        JsonNode fields = JsonMapper.shared().readTree(json);
        TestLog.write(
                Topics.SEND_QUEUE,
                fields.get("site").asString() + "|404-538-7319",
                "SendRequested",
                json.replaceFirst("\\{", "{\"messageId\":\"" + id + "\","));
        Entry event = rejection(id);
        assertThat(event.event()).isEqualTo("MessageRejected");
        assertThat(event.json().get("reason").asString()).isEqualTo(reason);
        assertThat(event.json().get("detail").asString()).isNotBlank();
    }

    /** Neither the database nor the log can hold some of this; the upstream is answered all the same. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    INVALID_REQUEST     ; "to":"404-538-7319","body":"half \\ud83d"
                    INVALID_NUMBER      ; "to":"404\\u0000","body":"Hi"
                    UNKNOWN_SENDER      ; "to":"404-538-7319","body":"Hi","from":"\\u0000"
                    UNKNOWN_QUICK_ENTRY ; "to":"404-538-7319","quickEntry":{"name":"\\u0000"}
                    INVALID_SCHEDULE    ; "to":"404-538-7319","body":"Hi","sendAt":"0000-01-01T00:00:00Z"
                    INVALID_SCHEDULE    ; "to":"404-538-7319","body":"Hi","sendAt":"+12026-01-01T00:00:00Z"
                    INVALID_SCHEDULE    ; "to":"404-538-7319","body":"Hi","expiresAt":"+12026-01-01T00:00:00Z"
                    EXPIRED             ; "to":"404-538-7319","body":"Hi","expiresAt":"-2026-01-01T00:00:00Z"
                    """)
    void aHostileRequestIsRejectedLikeAnyOther(String reason, String fields) {
        UUID id = UUID.randomUUID();
        TestLog.write(
                Topics.SEND_QUEUE,
                "demo|" + contact,
                "SendRequested",
                "{\"messageId\":\"%s\",\"site\":\"demo\",%s}".formatted(id, fields));
        Entry event = rejection(id);
        assertThat(event.event()).isEqualTo("MessageRejected");
        assertThat(event.json().get("reason").asString()).isEqualTo(reason);
    }

    @Test
    void aLongBodyThatIsRefusedIsToldWithoutHalfOfAPair() {
        UUID id = request(",\"body\":\"a%s\"".formatted("😀".repeat(1000)));
        JsonNode event = rejection(id).json();
        assertThat(event.get("reason").asString()).isEqualTo("BODY_TOO_LONG");
        assertThat(event.get("body").asString()).doesNotContain("?").endsWith("😀");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    no readable JSON ; this is no JSON
                    messageId        ; {"site":"demo","to":"404-538-7319","body":"Hi"}
                    messageId        ; {"messageId":"7","site":"demo","to":"404-538-7319","body":"Hi"}
                    site             ; {"messageId":"b2f4a9ae-17a5-4a3c-8a11-3a1c11a0a111","to":"404-538-7319","body":"Hi"}
                    """)
    void whatCannotEvenBeNamedIsADeadLetter(String named, String value) {
        String key = "demo|" + contact;
        TestLog.write(Topics.SEND_QUEUE, key, "SendRequested", value);
        Entry letter = TestLog.await(Topics.SEND_QUEUE + ".dlt", 1, entry -> key.equals(entry.key()))
                .getFirst();
        assertThat(letter.headers().get("x-reason")).contains(named);
    }

    private RestTestClient.ResponseSpec post(String json, String token) {
        return http.post()
                .uri("/api/sites/demo/messages")
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=5")
                .headers(headers -> headers.setBearerAuth(token))
                .body(json)
                .exchange();
    }

    @Test
    void aPostedTextIsAnsweredWithTwiliosWord() {
        UUID id = UUID.randomUUID();
        String json = "{\"messageId\":\"%s\",\"to\":\"%s\",\"body\":\"Posted\",\"sentBy\":\"someone-else\"}"
                .formatted(id, contact);
        for (int time = 0; time < 2; time++) {
            post(json, TestTokens.staff("maria", "demo"))
                    .expectStatus()
                    .isAccepted()
                    .expectBody()
                    .jsonPath("$.messageId")
                    .isEqualTo(id.toString())
                    .jsonPath("$.status")
                    .value(String.class, status -> assertThat(status).isIn("QUEUED", "SENT", "DELIVERED"));
        }
        assertThat(TwinPart.creates(contact)).hasSize(1);
        assertThat(get("/api/sites/demo/messages/" + id).get("sentBy").asString())
                .isEqualTo("maria");
        post(json.replace("Posted", "Changed"), TestTokens.staff("maria", "demo"))
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("MESSAGE_ID_REUSED");
    }

    @Test
    void aServiceMayNameWhoSends() {
        UUID id = UUID.randomUUID();
        post(
                        "{\"messageId\":\"%s\",\"to\":\"%s\",\"body\":\"By service\",\"sentBy\":\"ana\"}"
                                .formatted(id, contact),
                        TestTokens.token("app", List.of("demo"), List.of("service"), Duration.ofMinutes(5)))
                .expectStatus()
                .isAccepted();
        assertThat(get("/api/sites/demo/messages/" + id).get("sentBy").asString())
                .isEqualTo("ana");
    }

    @Test
    void aPostThatCannotBeSentIsRefusedWithItsCode() {
        post("{\"to\":\"123\",\"body\":\"Hi\"}", TestTokens.staff("maria", "demo"))
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("INVALID_NUMBER");
        post("{\"to\":\"404-538-7319\",\"body\":\"Hi\",\"sendAt\":\"soon\"}", TestTokens.staff("maria", "demo"))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("INVALID_REQUEST")
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains("sendAt"));
        post("[1]", TestTokens.staff("maria", "demo")).expectStatus().isBadRequest();
        post("{\"to\":", TestTokens.staff("maria", "demo")).expectStatus().isBadRequest();
    }

    @Test
    void messagesAreListedNewestFirstPageByPage() {
        List<UUID> ids = List.of(request(",\"body\":\"1\""), request(",\"body\":\"2\""), request(",\"body\":\"3\""));
        ids.forEach(id -> events(id, 2));
        String query = "/api/sites/demo/messages?limit=2&to=" + contact.substring(2);
        JsonNode first = get(query);
        assertThat(first.get("items").size()).isEqualTo(2);
        JsonNode second = get(query + "&cursor=" + first.get("next").asString());
        assertThat(second.get("items").size()).isEqualTo(1);
        assertThat(second.get("next").isNull()).isTrue();
        assertThat(List.of(
                        first.get("items").get(0),
                        first.get("items").get(1),
                        second.get("items").get(0)))
                .extracting(item -> item.get("messageId").asString())
                .containsExactlyInAnyOrderElementsOf(
                        ids.stream().map(UUID::toString).toList());
        LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        assertThat(get(query + "&from=" + yesterday + "&until=" + yesterday.plusDays(3))
                        .get("items"))
                .hasSize(2);
        assertThat(get(query + "&until=" + yesterday.minusDays(1)).get("items")).isEmpty();
    }

    @Test
    void errorsHaveOneShapeWhereverTheyComeFrom() {
        String unknown = "/api/sites/demo/messages/" + UUID.randomUUID();
        for (String path : List.of(unknown, "/api/sites/demo/nothing", "/api/sites/silent/messages")) {
            http.get()
                    .uri(path)
                    .headers(headers -> headers.setBearerAuth(TestTokens.staff("maria", "demo")))
                    .exchange()
                    .expectStatus()
                    .isNotFound()
                    .expectBody(String.class)
                    .value(body -> assertThat(body)
                            .contains("\"type\":\"about:blank\"", "\"instance\":\"" + path + "\"", "\"NOT_FOUND\"")
                            .contains("\"title\":\"Not Found\"", "\"status\":404", "\"detail\":")
                            .doesNotContain("static"));
        }
        http.get()
                .uri(unknown)
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectBody(String.class)
                .value(body -> assertThat(body)
                        .contains("\"type\":\"about:blank\"", "\"instance\":\"" + unknown + "\"", "\"detail\":"));
    }

    @Test
    void whatSaysThatItIsNoJsonAndIsNoneIsOfTheWrongType() {
        http.post()
                .uri("/api/sites/demo/messages")
                .headers(headers -> headers.setBearerAuth(TestTokens.staff("maria", "demo")))
                .contentType(MediaType.APPLICATION_XML)
                .body("<text>Hi</text>")
                .exchange()
                .expectStatus()
                .isEqualTo(415)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void anotherSitesTokenSeesNothing() {
        UUID id = request(",\"body\":\"Private\"");
        events(id, 1);
        http.get()
                .uri("/api/sites/demo/messages/" + id)
                .headers(headers -> headers.setBearerAuth(TestTokens.staff("eve", "silent")))
                .exchange()
                .expectStatus()
                .isNotFound();
        http.get()
                .uri("/api/sites/silent/messages/" + id)
                .headers(headers -> headers.setBearerAuth(TestTokens.staff("eve", "silent")))
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 0",
        "limit, 501",
        "status, LOST",
        "cursor, x",
        "from, yesterday",
        "from, +12026-01-01T00:00:00Z",
        "until, 0000-01-01T00:00:00Z",
        "case, 16E-1",
        "purpose, FUN",
        "to, 404\u0000538"
    })
    void anUnreadableQueryNamesTheParameter(String parameter, String value) {
        http.get()
                .uri("/api/sites/demo/messages?" + parameter + "={value}", value)
                .headers(headers -> headers.setBearerAuth(TestTokens.staff("maria", "demo")))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("INVALID_REQUEST")
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains(parameter));
    }
}

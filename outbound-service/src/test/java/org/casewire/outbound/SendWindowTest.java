package org.casewire.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.casewire.events.Topics;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestLog.Entry;
import org.casewire.events.testing.TestTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a request goes through before it leaves, and what becomes of one that may not, or not yet. */
@ServiceTest
class SendWindowTest extends OutboundWithTwin {

    private static final ZoneId ATLANTA = ZoneId.of("America/New_York");

    private final RestTestClient http;

    SendWindowTest(RestTestClient http) {
        this.http = http;
    }

    private JsonNode call(String method, String path, String body, int status) {
        byte[] answer = http.method(org.springframework.http.HttpMethod.valueOf(method))
                .uri("/api/sites/demo" + path)
                .header("Content-Type", "application/json")
                .headers(headers -> headers.setBearerAuth(
                        TestTokens.token("sam", List.of("demo"), List.of("admin", "operator"), Duration.ofMinutes(5))))
                .body(body)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .returnResult()
                .getResponseBody();
        return answer == null
                ? JsonMapper.shared().nullNode()
                : JsonMapper.shared().readTree(answer);
    }

    private JsonNode message(UUID id) {
        return call("GET", "/messages/" + id, "", 200);
    }

    private void cancel(UUID id) {
        TestLog.write(
                Topics.SEND_QUEUE,
                "demo|" + contact,
                "SendCancelled",
                "{\"messageId\":\"%s\",\"site\":\"demo\",\"to\":\"%s\",\"cancelledBy\":\"maria\",\"reason\":\"moved\"}"
                        .formatted(id, contact));
    }

    private UUID scheduled(Duration ahead) {
        return request(
                ",\"body\":\"Later\",\"sendAt\":\"%s\"".formatted(Instant.now().plus(ahead)));
    }

    @Test
    void aScheduledTextLeavesWhenItsTimeComes() {
        UUID id = scheduled(Duration.ofSeconds(2));
        assertThat(told(events(id, 2))).startsWith("MessageScheduled", "MessageAccepted");
        assertThat(TwinPart.bodies(contact)).containsExactly("Later");
    }

    @Test
    void aScheduledTextIsCalledOffByAnEvent() {
        UUID id = scheduled(Duration.ofHours(1));
        events(id, 1);
        cancel(id);
        List<Entry> events = events(id, 2);
        assertThat(told(events)).containsExactly("MessageScheduled", "MessageCancelled");
        assertThat(events.getLast().json().get("by").asString()).isEqualTo("maria");
        assertThat(message(id).get("status").asString()).isEqualTo("CANCELLED");
        assertThat(call("DELETE", "/messages/" + id, "", 200).get("status").asString())
                .isEqualTo("CANCELLED");
    }

    @Test
    void aCancellationThatOvertakesItsRequestWins() {
        UUID id = UUID.randomUUID();
        cancel(id);
        UUID marker = scheduled(Duration.ofHours(1));
        events(marker, 1);
        call("GET", "/messages/" + id, "", 404);
        request(id, ",\"body\":\"Never\"");
        Entry event = events(id, 1).getFirst();
        assertThat(event.event()).isEqualTo("MessageCancelled");
        assertThat(event.json().get("reason").asString()).isEqualTo("moved");
        assertThat(message(id).get("body").asString()).isEqualTo("Never");
        assertThat(call("DELETE", "/messages/" + id, "", 200).get("status").asString())
                .isEqualTo("CANCELLED");
        assertThat(TwinPart.bodies(contact)).isEmpty();
    }

    @Test
    void whatHasLeftCannotBeCalledOff() {
        UUID id = request(",\"body\":\"Gone\"");
        events(id, 2);
        assertThat(call("DELETE", "/messages/" + id, "", 409).get("code").asString())
                .isIn("ALREADY_LEFT", "ALREADY_ENDED");
        call("DELETE", "/messages/" + UUID.randomUUID(), "", 404);
        cancel(id);
        UUID after = request(",\"body\":\"After\"");
        events(after, 2);
        assertThat(told(events(id, 2))).doesNotContain("MessageCancelled");
    }

    @Test
    void whatTwilioCannotTellAPersonSettles() {
        TwinPart.faults(
                "{\"create\":[{\"fault\":\"ACCEPT_THEN_CLOSE\",\"times\":2,\"to\":\"%s\"}]}".formatted(contact));
        // Two texts that look alike at Twilio, one of them not ours: its list cannot tell which one is.
        UUID id = request(",\"body\":\"Same words\"");
        events(id, 2);
        assertThat(call("POST", "/messages/" + id + "/doubt", "{\"outcome\":\"RESEND\"}", 409)
                        .get("code")
                        .asString())
                .isEqualTo("NOT_IN_DOUBT");
        call("POST", "/messages/" + id + "/doubt", "{\"outcome\":\"MAYBE\"}", 400);
        TwinPart.faults("{\"create\":[{\"fault\":\"CLOSE\",\"to\":\"%s\"}]}".formatted(contact));
        UUID doubtful = request(",\"body\":\"Doubtful\"");
        await().untilAsserted(() ->
                assertThat(message(doubtful).get("status").asString()).isEqualTo("IN_DOUBT"));
        assertThat(message(doubtful).get("waits").get("sentence").asString()).contains("Twilio");
        call("POST", "/messages/" + doubtful + "/doubt", "{\"outcome\":\"SENT\",\"sid\":\"SM1\"}", 400);
        String foreign = "SM" + UUID.randomUUID().toString().replace("-", "");
        call(
                "POST",
                "/messages/" + doubtful + "/doubt",
                "{\"outcome\":\"SENT\",\"sid\":\"%s\"}".formatted(foreign),
                200);
        await().untilAsserted(() -> assertThat(
                        message(doubtful).get("parts").get(0).get("sid").asString())
                .isEqualTo(foreign));
        assertThat(TwinPart.bodies(contact)).containsExactly("Same words");
    }

    @Test
    void anOptOutThatIsShownIsNotFollowedByAText() {
        events(request(",\"body\":\"Before\""), 2);
        TestLog.write(
                Topics.CONSENT,
                "demo|" + contact,
                "ConsentChanged",
                "{\"site\":\"demo\",\"contact\":\"%s\",\"state\":\"OPTED_OUT\",\"source\":\"KEYWORD\",\"at\":\"%s\"}"
                        .formatted(contact, Instant.now()));
        UUID waiting = scheduled(Duration.ofSeconds(2));
        assertThat(told(events(waiting, 2))).containsExactly("MessageScheduled", "MessageRejected");
        UUID id = request(",\"body\":\"After\"");
        assertThat(rejection(id).json().get("reason").asString()).isEqualTo("OPTED_OUT");
        assertThat(call("POST", "/messages", "{\"to\":\"%s\",\"body\":\"After\"}".formatted(contact), 422)
                        .get("code")
                        .asString())
                .isEqualTo("OPTED_OUT");
        assertThat(TwinPart.bodies(contact)).containsExactly("Before");
    }

    @Test
    void aContactWhoWantsEMailIsTextedOnlyOnDemand() {
        TestLog.write(
                Topics.CONTACTS,
                "demo|" + contact,
                "ContactChanged",
                "{\"site\":\"demo\",\"contactId\":\"%s\",\"mobile\":\"%s\",\"delivery\":\"EMAIL_ONLY\",\"updatedAt\":\"%s\"}"
                        .formatted(contact, contact, Instant.now()));
        await().untilAsserted(() -> {
            UUID id = request(",\"body\":\"By mail, please\"");
            assertThat(rejection(id).json().get("reason").asString()).isEqualTo("EMAIL_ONLY");
        });
        UUID demanded = request(",\"body\":\"By text after all\",\"delivery\":\"TEXT\"");
        assertThat(told(events(demanded, 2))).startsWith("MessageAccepted");
    }

    @Test
    void aReminderWaitsForTheEndOfTheQuietHoursAndLeavesAtOnceWhenTheyAreChanged() {
        DateTimeFormatter clock = DateTimeFormatter.ofPattern("HH:mm");
        LocalTime now = LocalTime.now(ATLANTA);
        ObjectNode site = (ObjectNode) call("GET", "", "", 200);
        site.remove("updatedAt");
        site.putArray("quietHours")
                .addObject()
                .put("from", now.minusHours(2).format(clock))
                .put("to", now.plusHours(2).format(clock))
                .putArray("purposes")
                .add("REMINDER");
        call("PUT", "", site.toString(), 200);
        try {
            UUID id = request(",\"body\":\"Tomorrow at nine\",\"purpose\":\"REMINDER\"");
            Entry held = events(id, 1).getFirst();
            assertThat(held.event()).isEqualTo("MessageHeld");
            assertThat(held.json().get("reason").asString()).isEqualTo("QUIET_HOURS");
            assertThat(Instant.parse(held.json().get("until").asString()))
                    .isAfter(Instant.now().plus(Duration.ofMinutes(110)));
            assertThat(message(id).get("waits").get("sentence").asString()).contains("quiet");
            events(request(",\"body\":\"A worker's word\""), 2);
            site.putArray("quietHours");
            call("PUT", "", site.toString(), 200);
            assertThat(told(events(id, 2))).startsWith("MessageHeld", "MessageAccepted");
        } finally {
            site.putArray("quietHours");
            call("PUT", "", site.toString(), 200);
        }
    }

    @Test
    void aPausedSenderHoldsItsTextsAndShowsIt() {
        call("PUT", "/senders/" + TwinPart.SECOND_NUMBER + "/pause", "{\"paused\":true}", 200);
        UUID id = request(",\"body\":\"Held\",\"from\":\"%s\"".formatted(TwinPart.SECOND_NUMBER));
        assertThat(events(id, 1).getFirst().json().get("reason").asString()).isEqualTo("SENDER_PAUSED");
        JsonNode sender = call("GET", "/senders", "", 200).get("items").get(1);
        assertThat(sender.get("health").asString()).isEqualTo("PAUSED");
        assertThat(sender.get("held").asInt()).isEqualTo(1);
        call("PUT", "/senders/" + TwinPart.SECOND_NUMBER + "/pause", "{\"paused\":false}", 200);
        assertThat(told(events(id, 2))).startsWith("MessageHeld", "MessageAccepted");
        call("PUT", "/senders/+14045550000/pause", "{\"paused\":true}", 404);
        call("PUT", "/pause", "{\"paused\":null}", 400);
    }

    @ParameterizedTest
    @CsvSource({"401, 20003", "400, 21606", "400, 21611"})
    void aSenderTwilioTakesNothingFromIsHeldForAWhile(int status, int code) {
        TwinPart.faults("{\"create\":[{\"fault\":\"STATUS\",\"status\":%d,\"code\":%d,\"times\":1,\"to\":\"%s\"}]}"
                .formatted(status, code, contact));
        UUID id = request(",\"body\":\"Patience\"");
        assertThat(told(events(id, 2))).startsWith("MessageHeld", "MessageAccepted");
        assertThat(events(id, 1).getFirst().json().get("reason").asString()).isEqualTo("NUMBER_ON_HOLD");
        assertThat(TwinPart.bodies(contact)).containsExactly("Patience");
    }
}

package org.casewire.local.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The main job from end to end, as a newcomer sees it: the packaged jars, one command, everything from outside. The
 * last two tests need what the others did.
 */
@ExtendWith(SharedStack.class)
@TestMethodOrder(OrderAnnotation.class)
class StoryIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final AtomicInteger PEOPLE = new AtomicInteger(7400);
    private static final List<String> BODIES = new ArrayList<>();
    private static final List<String> NUMBERS = new ArrayList<>();

    @TempDir
    private static Path folder;

    private static RunningStack stack;

    @BeforeAll
    static void start() {
        stack = SharedStack.stack();
    }

    private static String person() {
        String number = "+1404538" + PEOPLE.incrementAndGet();
        NUMBERS.add(number);
        return number;
    }

    private static String body(String text) {
        String body = text + " " + UUID.randomUUID();
        BODIES.add(body);
        return body;
    }

    private static void caseOf(String id, String mobile, String user) {
        stack.publish(
                "sms.cases", "demo|CASE|" + id, "CaseChanged", """
                {"site":"demo","caseRef":{"kind":"CASE","id":"%s"},"title":"Case %s","clientName":"Ana",
                 "openedAt":"2026-01-05T10:00:00Z","phones":{"mobile":["%s"]},
                 "assignments":[{"userId":"%s","primary":true}],"updatedAt":"%s"}
                """.formatted(id, id, mobile, user, Instant.now()));
    }

    private static UUID ask(String to, String body, String caseId) {
        UUID id = UUID.randomUUID();
        ask(id, to, body, caseId);
        return id;
    }

    private static void ask(UUID id, String to, String body, String caseId) {
        stack.publish("sms.send-queue", "demo|" + to, "SendRequested", """
                {"messageId":"%s","site":"demo","to":"%s","body":"%s","caseRef":{"kind":"CASE","id":"%s"}}
                """.formatted(id, to, body, caseId));
    }

    private static String status(UUID id) {
        return stack.get("/api/sites/demo/messages/" + id, "staff")
                .get("status")
                .asString();
    }

    private static JsonNode nextAlert(BlockingQueue<JsonNode> alerts, String caseId) throws InterruptedException {
        for (JsonNode alert = alerts.poll(30, TimeUnit.SECONDS);
                alert != null;
                alert = alerts.poll(30, TimeUnit.SECONDS)) {
            if (alert.get("caseRef").get("id").asString().equals(caseId)) {
                return alert;
            }
        }
        throw new AssertionError("no alert for " + caseId + " on the open page");
    }

    @Test
    @Order(1)
    void aTextGoesOutIsAnsweredFiledAndAlerted() throws Exception {
        String person = person();
        caseOf("story-1", person, "maria");
        BlockingQueue<JsonNode> page = stack.openAlerts("maria", "staff");
        String question = body("Can you come on Monday? 📅 هل تأتي");

        UUID id = ask(person, question, "story-1");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stack.handset(person)).containsExactly(question));
        await().atMost(SOON).untilAsserted(() -> assertThat(status(id)).isEqualTo("DELIVERED"));
        JsonNode history = stack.get("/api/sites/demo/messages/" + id, "staff").get("history");
        // QUEUED is Twilio's answer to the call. A callback may overtake it, and then it moves nothing any more.
        assertThat(history.valueStream()
                        .map(step -> step.get("status").asString())
                        .toList())
                .isIn(List.of("QUEUED", "SENT", "DELIVERED"), List.of("SENT", "DELIVERED"));

        String answer = body("Yes, at nine. ¡Gracias! 👍");
        String sid = stack.text(person, answer);

        JsonNode alert = nextAlert(page, "story-1");
        assertThat(alert.get("sid").asString()).isEqualTo(sid);
        JsonNode log = stack.get("/api/sites/demo/cases/CASE/story-1/messages", "staff")
                .get("items");
        assertThat(log.valueStream().map(item -> item.get("body").asString())).containsExactly(answer, question);
        JsonNode received = stack.get("/api/sites/demo/received?state=ASSIGNED", "staff")
                .get("items")
                .get(0);
        assertThat(received.get("sid").asString()).isEqualTo(sid);
        assertThat(received.get("explanation").toString()).isNotEqualTo("[]");

        assertThat(stack.get("/api/sites/demo/users/maria/alerts", "staff")
                        .get("unread")
                        .asInt())
                .isPositive();
        HttpResponse<String> dismissed =
                stack.post("/api/sites/demo/alerts/" + alert.get("alertId").asString() + "/dismissal", "staff", "");
        assertThat(dismissed.statusCode()).isEqualTo(200);
        assertThat(nextAlert(page, "story-1").get("by").asString()).isEqualTo("maria");
    }

    @Test
    @Order(2)
    void aTextCanBePostedAndIsAnsweredWithTwiliosWord() {
        String person = person();
        HttpResponse<String> answer = stack.send(stack.request("/api/sites/demo/messages", "service")
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=10")
                .POST(BodyPublishers.ofString("{\"to\":\"%s\",\"body\":\"%s\"}".formatted(person, body("Posted")))));
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(JsonMapper.shared().readTree(answer.body()).get("status").asString())
                .isIn("QUEUED", "SENT", "DELIVERED");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stack.handset(person)).hasSize(1));
    }

    @Test
    @Order(3)
    void theSameRequestTwiceIsOneText() {
        String person = person();
        UUID id = UUID.randomUUID();
        String text = body("Only once");
        ask(id, person, text, "story-1");
        ask(id, person, text, "story-1");
        String after = body("Afterwards");
        ask(person, after, "story-1");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stack.handset(person)).containsExactly(text, after));
    }

    @Test
    @Order(4)
    void aForgedWebhookIsRefusedAndNothingIsPublished() {
        String person = person();
        HttpResponse<String> answer =
                stack.send(HttpRequest.newBuilder(stack.publicBase().resolve("/twilio/demo/messages"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("X-Twilio-Signature", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")
                        .POST(BodyPublishers.ofString(
                                "MessageSid=SM0123&From=" + person.replace("+", "%2B") + "&Body=Forged")));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(stack.events("sms.inbound", "demo|" + person)).isEmpty();
    }

    @Test
    @Order(5)
    void anUnknownPersonsTextIsUnassigned() {
        String person = person();
        String sid = stack.text(person, body("Who are you?"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stack.get("/api/sites/demo/received?state=UNASSIGNED", "staff")
                                .get("items")
                                .valueStream()
                                .map(item -> item.get("sid").asString()))
                        .contains(sid));
    }

    @Test
    @Order(5)
    void theSampleUpstreamInJavaSendsTwoTexts() throws Exception {
        new UpstreamSamples(stack, folder).javaSends(person());
    }

    @Test
    @Order(5)
    void theSampleUpstreamInNodeSendsTwoTexts() throws Exception {
        new UpstreamSamples(stack, folder).nodeSends(person());
    }

    @Test
    @Order(5)
    void theRequestThatDevelopersAreShownSendsAText() throws Exception {
        new UpstreamSamples(stack, folder).curlSends(person());
    }

    @Test
    @Order(5)
    void theMetricsThatRulesAndDashboardsNameAreThere() throws Exception {
        assertThat(WatchedMetrics.named()).hasSizeGreaterThan(20);
        await("Kafka's clients tell how far behind they are a minute after they began")
                .atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(WatchedMetrics.missing(stack)).isEmpty());
    }

    @Test
    @Order(6)
    void whatIsAskedWhileServicesAreKilledIsDoneAfterARestart() throws Exception {
        String person = person();
        caseOf("story-6", person, "maria");
        String before = body("Before the crash");
        ask(person, before, "story-6");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stack.handset(person)).containsExactly(before));

        stack.kill("outbound");
        stack.kill("routing");
        stack.kill("notification");
        String sid = stack.text(person, body("Answer while nobody reads"));
        String during = body("Asked while nobody sends");
        UUID id = ask(person, during, "story-6");
        stack.kill("ingest");
        stack = SharedStack.restart();

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(stack.handset(person)).containsExactly(before, during));
        await().atMost(SOON).untilAsserted(() -> assertThat(status(id)).isEqualTo("DELIVERED"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stack.get("/api/sites/demo/users/maria/alerts", "staff")
                                .get("items")
                                .valueStream()
                                .map(alert -> alert.get("sid").asString()))
                        .contains(sid));
    }

    @Test
    @Order(7)
    void noLogHoldsATextOrAWholeNumber() throws IOException {
        assertThat(BODIES).hasSizeGreaterThan(5);
        stack.logs().forEach((file, log) -> {
            assertThat(BODIES).as(file.toString()).noneMatch(log::contains);
            assertThat(NUMBERS).as(file.toString()).noneMatch(number -> log.contains(number.substring(2)));
        });
        assertThat(stack.printed()).contains("/twin/");
    }
}

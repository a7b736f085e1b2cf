package org.casewire.local.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.casewire.local.story.Collector.Seen;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One text followed from the request to the alert of its reply: on the topics, and as an operator's collector shows it. */
@ExtendWith(SharedStack.class)
class TraceIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String CASE = "trace-1";

    private static RunningStack stack;

    @BeforeAll
    static void start() {
        stack = SharedStack.stack();
    }

    private static String id(int digits) {
        return (UUID.randomUUID().toString() + UUID.randomUUID())
                .replace("-", "")
                .substring(0, digits);
    }

    private static void caseOf(String mobile) {
        stack.publish("sms.cases", "demo|CASE|" + CASE, "CaseChanged", """
                {"site":"demo","caseRef":{"kind":"CASE","id":"%s"},"title":"Traced","clientName":"Ana",
                 "openedAt":"2026-01-05T10:00:00Z","phones":{"mobile":["%s"]},
                 "assignments":[{"userId":"maria","primary":true}],"updatedAt":"%s"}
                """.formatted(CASE, mobile, Instant.now()));
    }

    private static HttpResponse<String> ask(UUID id, String to, String body, String more, String trace) {
        return stack.send(stack.request("/api/sites/demo/messages", "service")
                .header("Content-Type", "application/json")
                .header("traceparent", trace)
                .POST(BodyPublishers.ofString(
                        "{\"messageId\":\"%s\",\"to\":\"%s\",\"body\":\"%s\"%s}".formatted(id, to, body, more))));
    }

    private static String status(UUID id) {
        return stack.get("/api/sites/demo/messages/" + id, "staff")
                .get("status")
                .asString();
    }

    @Test
    void oneTraceLeadsFromTheRequestThroughTwilioToTheCallbackTheReplyAndItsAlert() {
        String person = "+14045387390";
        String traceId = id(32);
        String question = "A question " + UUID.randomUUID();
        String answer = "An answer " + UUID.randomUUID();
        UUID message = UUID.randomUUID();
        caseOf(person);

        ask(
                message,
                person,
                question,
                ",\"caseRef\":{\"kind\":\"CASE\",\"id\":\"" + CASE + "\"}",
                "00-" + traceId + "-" + id(16) + "-01");
        await().atMost(SOON).untilAsserted(() -> assertThat(status(message)).isEqualTo("DELIVERED"));
        String sid = stack.text(person, answer);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stack.get("/api/sites/demo/users/maria/alerts", "staff")
                                .get("items")
                                .valueStream()
                                .map(alert -> alert.get("sid").asString()))
                        .contains(sid));

        Map<String, Set<String>> told = Map.of(
                "sms.outbound", Set.of("MessageAccepted", "MessageStatusChanged"),
                "sms.delivery", Set.of("DeliveryReported"),
                "sms.inbound", Set.of("MessageReceived"),
                "sms.replies", Set.of("ReplyRouted"));
        told.forEach((topic, events) -> await().atMost(SOON)
                .untilAsserted(() -> assertThat(stack.traces(topic, "demo|" + person))
                        .as(topic)
                        .containsOnlyKeys(events)
                        .allSatisfy(
                                (event, traces) -> assertThat(traces).as(event).containsExactly(traceId))));
        assertThat(stack.traces("sms.alerts", "demo|CASE|" + CASE))
                .containsOnly(Map.entry("AlertRaised", Set.of(traceId)));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(steps(traceId))
                        .contains(
                                "front-door SERVER POST outbound",
                                "outbound-service SERVER POST /api/sites/{site}/messages",
                                "outbound-service CLIENT POST /2010-04-01/Accounts/{account}/Messages.json",
                                "outbound-service PRODUCER publish sms.outbound",
                                "webhook-ingest-service SERVER POST /twilio/{site}/status",
                                "webhook-ingest-service PRODUCER publish sms.delivery",
                                "outbound-service CONSUMER process sms.delivery",
                                "webhook-ingest-service SERVER POST /twilio/{site}/messages",
                                "webhook-ingest-service PRODUCER publish sms.inbound",
                                "routing-service CONSUMER process sms.inbound",
                                "routing-service PRODUCER publish sms.replies",
                                "notification-service CONSUMER process sms.replies",
                                "notification-service PRODUCER publish sms.alerts"));
        List<Seen> spans = stack.spans().of(traceId);
        assertThat(alertComesFrom(spans))
                .containsSubsequence(
                        "publish sms.alerts",
                        "process sms.replies",
                        "publish sms.replies",
                        "process sms.inbound",
                        "publish sms.inbound",
                        "POST /twilio/{site}/messages",
                        "POST /twilio/{site}/status",
                        "POST /2010-04-01/Accounts/{account}/Messages.json",
                        "POST /api/sites/{site}/messages",
                        "POST outbound");
        Seen call = spans.stream()
                .filter(span -> span.kind() == SpanKind.SPAN_KIND_CLIENT)
                .findFirst()
                .orElseThrow();
        assertThat(call.attributes())
                .containsEntry("casewire.subject", message.toString())
                .containsEntry("casewire.outcome", "Accepted")
                .containsKey("casewire.sid");
        assertNothingPrivate(stack.spans().all(), List.of(person.substring(2), question, answer));
    }

    /** The names of the steps from the alert back to the request. */
    private static List<String> alertComesFrom(List<Seen> spans) {
        Map<String, Seen> byId = spans.stream().collect(Collectors.toMap(Seen::spanId, Function.identity()));
        Seen alert = spans.stream()
                .filter(span -> span.name().equals("publish sms.alerts"))
                .findFirst()
                .orElseThrow();
        return java.util.stream.Stream.iterate(alert, java.util.Objects::nonNull, span -> byId.get(span.parentId()))
                .map(Seen::name)
                .toList();
    }

    private static Set<String> steps(String traceId) {
        return stack.spans().of(traceId).stream()
                .map(span -> span.service() + " " + span.kind().name().replace("SPAN_KIND_", "") + " " + span.name())
                .collect(Collectors.toSet());
    }

    private static void assertNothingPrivate(Collection<Seen> spans, List<String> words) {
        Set<String> secret = new HashSet<>(words);
        List.of("staff", "admin", "service", "operator").forEach(role -> secret.add(stack.token(role)));
        secret.add(stack.twilioToken());
        assertThat(spans).allSatisfy(span -> {
            String whole = span.name() + span.attributes();
            assertThat(whole).doesNotContain(secret).doesNotContainPattern("\\+?1?404538\\d{4}");
        });
    }

    @Test
    void aTextAtARefusedNumberSaysTwiliosCodeInItsTrace() {
        String traceId = id(32);
        UUID message = UUID.randomUUID();
        stack.faults("{\"create\":[{\"fault\":\"STATUS\",\"status\":400,\"code\":21211,\"to\":\"+14045387391\"}]}");
        try {
            ask(message, "+14045387391", "Refused", "", "00-" + traceId + "-" + id(16) + "-01");
            await().atMost(SOON).untilAsserted(() -> assertThat(status(message)).isEqualTo("REJECTED"));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(stack.spans().of(traceId))
                            .anySatisfy(span -> assertThat(span.attributes())
                                    .containsEntry("casewire.twilio.code", "21211")
                                    .containsEntry("error.type", "21211")));
        } finally {
            stack.faults("{}");
        }
        assertThat(stack.traces("sms.outbound", "demo|+14045387391"))
                .containsOnly(Map.entry("MessageRejected", Set.of(traceId)));
    }

    @Test
    void whatTheCallerDoesNotRecordIsNotRecordedHereAndIsCarriedAllTheSame() {
        String traceId = id(32);
        UUID message = UUID.randomUUID();
        ask(message, "+14045387392", "Unrecorded", "", "00-" + traceId + "-" + id(16) + "-00");
        await().atMost(SOON).untilAsserted(() -> assertThat(status(message)).isEqualTo("DELIVERED"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stack.traces("sms.outbound", "demo|+14045387392"))
                        .containsOnlyKeys("MessageAccepted", "MessageStatusChanged")
                        .allSatisfy((event, traces) -> assertThat(traces).containsExactly(traceId)));
        assertThat(stack.traces("sms.delivery", "demo|+14045387392"))
                .containsOnly(Map.entry("DeliveryReported", Set.of(traceId)));
        assertThat(stack.spans().of(traceId)).isEmpty();
    }

    @Test
    void aScheduledTextKeepsItsTraceUntilItIsCancelled() {
        String traceId = id(32);
        UUID message = UUID.randomUUID();
        String at = Instant.now().plus(Duration.ofDays(3)).toString();
        HttpResponse<String> asked = ask(
                message, "+14045387393", "Later", ",\"sendAt\":\"" + at + "\"", "00-" + traceId + "-" + id(16) + "-01");
        JsonNode answer = JsonMapper.shared().readTree(asked.body());
        assertThat(answer.get("status").asString()).isEqualTo("SCHEDULED");
        stack.send(stack.request("/api/sites/demo/messages/" + message, "staff").DELETE());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stack.traces("sms.outbound", "demo|+14045387393"))
                        .containsOnly(
                                Map.entry("MessageScheduled", Set.of(traceId)),
                                Map.entry("MessageCancelled", Set.of(traceId))));
    }
}

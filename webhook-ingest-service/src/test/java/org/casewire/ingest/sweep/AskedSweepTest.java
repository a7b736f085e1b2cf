package org.casewire.ingest.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.casewire.events.InboundEvent.Keyword;
import org.casewire.events.InboundEvent.MessageReceived;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.Topics;
import org.casewire.events.testing.RealParts;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestLog.Entry;
import org.casewire.events.testing.TestTokens;
import org.casewire.events.testing.WithRealParts;
import org.casewire.events.transport.WireJson;
import org.casewire.ingest.testing.Published;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service that was away for a day, found Twilio full, and looks by itself only once an hour from then on. */
@WithRealParts
class AskedSweepTest {

    private static final String SITE = "lake-aid";
    private static final String EMPTY_SITE = "lake-aid-empty";
    private static final String NUMBER = "+14045387500";
    private static final String MARKS = "asked-sweep-test-marks";
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final int TEXTS_A_DAY = 104;
    private static final int PORT = TwinPart.freePort();

    private static TwinPart twin;
    private static Instance instance;
    private static Published published;

    /** 26 hours of texts, one each quarter of an hour, of which each third had been delivered; and five days before. */
    @BeforeAll
    static void start() throws Exception {
        makeTopics();
        twin = new TwinPart("AC0123456789abcdef0123456789abc002");
        List<Map<String, Object>> texts = new ArrayList<>();
        for (int text = 0; text < TEXTS_A_DAY; text++) {
            texts.add(twin.inboundText(text + 3, sid(text), handset(text), NUMBER, "Text " + text, at(text)));
        }
        Instant longAgo = NOW.minus(Duration.ofDays(5));
        texts.add(twin.inboundText(1, "SMlongago1", handset(0), NUMBER, "Delivered", longAgo));
        texts.add(twin.inboundText(2, "SMlongago2", handset(0), NUMBER, "Missed", longAgo.plusSeconds(60)));
        publishedThen("SMlongago1", handset(0), longAgo);
        for (int text = 0; text < TEXTS_A_DAY; text += 3) {
            publishedThen(sid(text), handset(text), at(text));
        }
        twin.remembering(texts)
                .with(
                        "http://127.0.0.1:" + PORT + "/twilio/" + SITE + "/messages",
                        List.of(NUMBER),
                        "MG" + "0".repeat(32),
                        List.of());
        publish("{\"site\":\"%s\",\"senders\":[{\"number\":\"%s\"}]}".formatted(SITE, NUMBER));
        publish("{\"site\":\"%s\"}".formatted(EMPTY_SITE));
        mark(new Sweep(SITE, NUMBER, "", at(0), at(0), null, at(0)));
        instance = Instance.start(
                PORT,
                SITE,
                twin,
                "casewire.twilio.lake-aid-empty.account-sid=AC0123456789abcdef0123456789abc003",
                "casewire.twilio.lake-aid-empty.auth-tokens[0]=1",
                "casewire.ingest.sweep.topic=" + MARKS,
                "casewire.ingest.sweep.interval=PT1H",
                "casewire.ingest.sweep.asked-interval=PT1S",
                "casewire.ingest.sweep.page-size=20");
        published = new Published();
    }

    private static void makeTopics() throws Exception {
        List<NewTopic> topics = new ArrayList<>();
        topics.add(new NewTopic(MARKS, 3, (short) 1).configs(Map.of("cleanup.policy", "compact")));
        Topics.all().forEach(topic -> topics.add(new NewTopic(topic.name(), 3, (short) 1).configs(topic.settings())));
        Properties settings = new Properties();
        settings.setProperty("bootstrap.servers", RealParts.kafka());
        try (Admin admin = Admin.create(settings)) {
            for (NewTopic topic : topics) {
                try {
                    admin.createTopics(List.of(topic)).all().get();
                } catch (ExecutionException there) {
                    assertThat(there).hasCauseInstanceOf(TopicExistsException.class);
                }
            }
        }
    }

    private static Instant at(int text) {
        return NOW.minus(QUARTER.multipliedBy(TEXTS_A_DAY - text));
    }

    private static String sid(int text) {
        return "SM%032x".formatted(0xa5ed_0000L + text);
    }

    private static String handset(int text) {
        return "+1617556" + (1000 + text % 7);
    }

    private static void publishedThen(String sid, String contact, Instant then) {
        MessageReceived text = new MessageReceived(
                sid, SITE, contact, NUMBER, "", List.of(), 1, Keyword.NONE, then, false, null, Map.of());
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(
                Topics.INBOUND, null, then.toEpochMilli(), text.key(), WireJson.MAPPER.writeValueAsBytes(text));
        message.headers().add("ce_type", "casewire.MessageReceived.v1".getBytes(StandardCharsets.UTF_8));
        message.headers().add("ce_subject", sid.getBytes(StandardCharsets.UTF_8));
        TestLog.send(message);
    }

    private static void publish(String site) {
        TestLog.write(new SiteChanged(
                JsonMapper.shared().readValue(site, SiteDocument.class), Instant.parse("2026-01-01T00:00:00Z")));
    }

    private static void mark(Sweep sweep) {
        TestLog.send(new ProducerRecord<>(
                MARKS, sweep.duty().partition(3), sweep.key(), WireJson.MAPPER.writeValueAsBytes(sweep)));
    }

    @AfterAll
    static void stop() {
        instance.close();
    }

    @AfterEach
    void endFaults() {
        twin.faults("{}");
    }

    private static List<JsonNode> received(String sid) {
        return published.about(sid).stream()
                .filter(entry -> entry.event().equals("MessageReceived"))
                .map(Entry::json)
                .toList();
    }

    private static void awaitPublished(String sid) {
        await().atMost(Duration.ofSeconds(20)).until(() -> !received(sid).isEmpty());
    }

    private static HttpResponse<String> ask(String site, String role, String body) throws Exception {
        String token = TestTokens.token("op", List.of("*"), List.of(role), Duration.ofMinutes(5));
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + PORT + "/api/sites/" + site + "/sweeps"))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static String span(Instant from, Instant until) {
        return "{\"from\":\"%s\",\"until\":\"%s\"}".formatted(from, until);
    }

    @Test
    void afterADayAwayNothingIsMissingAndNothingIsThereTwice() {
        awaitPublished(sid(TEXTS_A_DAY - 1));
        for (int text = 0; text < TEXTS_A_DAY; text++) {
            boolean wasDelivered = text % 3 == 0;
            assertThat(received(sid(text)))
                    .as("text " + text)
                    .singleElement()
                    .satisfies(
                            one -> assertThat(one.path("recovered").asBoolean()).isEqualTo(!wasDelivered));
            Instant then = at(text);
            assertThat(Instant.parse(
                            received(sid(text)).getFirst().path("receivedAt").asString()))
                    .isEqualTo(then);
        }
    }

    @Test
    void whatIsOlderThanAnInstanceRemembersIsLookedUpInTheLog() throws Exception {
        HttpResponse<String> begun =
                ask(SITE, "operator", span(NOW.minus(Duration.ofDays(6)), NOW.minus(Duration.ofDays(4))));
        assertThat(begun.statusCode()).isEqualTo(202);
        assertThat(begun.body()).contains("\"sweepId\":", "\"senders\":[\"" + NUMBER + "\"]");
        awaitPublished("SMlongago2");
        await().atMost(Duration.ofSeconds(20)).until(() -> instance.gauge("casewire.sweep.asked") == 0);
        assertThat(received("SMlongago1")).hasSize(1);
        assertThat(received("SMlongago2")).hasSize(1);
    }

    @Test
    void anOperatorNeedNotWaitForTheTimer() throws Exception {
        twin.deliverNothing();
        String sid = twin.text("+16175561999", NUMBER, "Nobody is told");
        assertThat(ask(SITE, "operator", "{\"from\":\"" + NOW.minusSeconds(60) + "\"}")
                        .statusCode())
                .isEqualTo(202);
        awaitPublished(sid);
        await().atMost(Duration.ofSeconds(20)).until(() -> instance.gauge("casewire.sweep.asked") == 0);
        assertThat(received(sid)).hasSize(1);
    }

    @Test
    void aSweepWhoseEndLiesAheadGoesOnUntilThen() throws Exception {
        twin.deliverNothing();
        Instant until = Instant.now().plusSeconds(10);
        assertThat(ask(SITE, "operator", span(NOW, until)).statusCode()).isEqualTo(202);
        await().until(() -> instance.gauge("casewire.sweep.asked") == 1);
        String sid = twin.text("+16175561998", NUMBER, "Not yet here when it began");
        awaitPublished(sid);
        assertThat(Instant.now()).isBefore(until);
        String last = twin.text("+16175561998", NUMBER, "Not yet here when it looked again");
        await().atMost(Duration.ofSeconds(20)).until(() -> instance.gauge("casewire.sweep.asked") == 0);
        assertThat(Instant.now()).isAfter(until);
        assertThat(received(sid)).hasSize(1);
        assertThat(received(last)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{};from is missing",
                "{\"until\":\"2026-11-22T00:00:00Z\"};from is missing",
                "{\"from\":\"yesterday\"};from is not a time",
                "{\"from\":\"2020-01-01T00:00:00Z\"};from is more than 30 days ago",
                "{\"from\":\"2099-01-01T00:00:00Z\"};from lies ahead",
                "{\"from\":\"NOW\",\"until\":\"BEFORE\"};until is not after from",
                "{\"from\":\"NOW\",\"until\":\"NOW\"};until is not after from",
                "{\"from\":\"NOW\",\"until\":\"2099-01-01T00:00:00Z\"};until is more than 30 days ahead",
                "{\"from\":;no readable JSON: it ends too early (line 1, column 9)",
                "{\"from\":7};from is not a time",
                "{\"from\":[]};from is not a text",
                "[];this JSON is not an object"
            })
    void aSpanThatMakesNoSenseIsRefusedByName(String body, String detail) throws Exception {
        HttpResponse<String> refused = ask(
                SITE,
                "operator",
                body.replace("NOW", NOW.toString())
                        .replace("BEFORE", NOW.minusSeconds(1).toString()));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(refused.body()).contains("\"code\":\"INVALID_REQUEST\"", detail);
    }

    @Test
    void onlyAnOperatorMayAskAndOnlyForASiteThatCanBeSwept() throws Exception {
        String span = span(NOW.minusSeconds(60), NOW);
        assertThat(ask(SITE, "admin", span).statusCode()).isEqualTo(403);
        assertThat(ask("no-such-site", "operator", span).statusCode()).isEqualTo(404);
        assertThat(ask("no-such-site", "operator", span).body()).contains("UNKNOWN_SITE");
        assertThat(ask(EMPTY_SITE, "operator", span).statusCode()).isEqualTo(409);
        assertThat(ask(EMPTY_SITE, "operator", span).body()).contains("NO_SENDERS");
    }
}

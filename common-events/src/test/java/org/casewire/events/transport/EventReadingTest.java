package org.casewire.events.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.casewire.events.CaseEvent;
import org.casewire.events.CaseEvent.CaseChanged;
import org.casewire.events.CommonEventsTestApplication.Memory;
import org.casewire.events.Topics;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestLog.Entry;
import org.casewire.events.testing.TestTokens;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.test.web.servlet.client.RestTestClient;

@ServiceTest
class EventReadingTest {

    private final Memory memory;
    private final RestTestClient http;
    private final ConsumerFactory<?, ?> consumers;
    private final List<MeterFilter> filters;

    EventReadingTest(Memory memory, RestTestClient http, ConsumerFactory<?, ?> consumers, List<MeterFilter> filters) {
        this.memory = memory;
        this.http = http;
        this.consumers = consumers;
        this.filters = filters;
    }

    private static String caseJson(String site, String id) {
        return """
               {"site":"%s","caseRef":{"kind":"CASE","id":"%s"},"updatedAt":"2026-03-01T10:00:00Z","colour":"blue"}
               """.formatted(site, id);
    }

    private static void writeCase(String site, String id) {
        TestLog.write(Topics.CASES, site + "|CASE|" + id, "CaseChanged", caseJson(site, id));
    }

    private List<String> handledOf(String site) {
        return memory.received.stream()
                .filter(one -> String.valueOf(one.origin().key()).startsWith(site + "|"))
                .map(one -> switch (one) {
                    case Received.Arrived<CaseEvent>(CaseChanged changed, var problems, var origin) ->
                        changed.caseRef().id();
                    case Received.Tombstone<CaseEvent>(var key, var origin) -> "gone " + key;
                })
                .toList();
    }

    private static List<Entry> deadLettersOf(String site) {
        return TestLog.await(Topics.CASES + ".dlt", 1, entry -> entry.key().startsWith(site + "|"));
    }

    @Test
    void anEventWithUnknownFieldsAndNothingButItsTypeIsRead() {
        writeCase("plain", "1");
        await().untilAsserted(() -> assertThat(handledOf("plain")).containsExactly("1"));
        Received.Origin origin = memory.received.stream()
                .filter(one -> "plain|CASE|1".equals(one.origin().key()))
                .findFirst()
                .orElseThrow()
                .origin();
        assertThat(origin.traceParent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        assertThat(origin.id()).startsWith(Topics.CASES);
    }

    @Test
    void aTombstoneIsReadAsSuch() {
        TestLog.write(Topics.CASES, "tomb|CASE|1", "CaseChanged", null);
        await().untilAsserted(() -> assertThat(handledOf("tomb")).containsExactly("gone tomb|CASE|1"));
    }

    @Test
    void aRecordThatIsNoJsonBecomesADeadLetterWithItsBytesAndTheReason() {
        TestLog.write(Topics.CASES, "nojson|CASE|1", "CaseChanged", "{\"site\":");
        Entry letter = deadLettersOf("nojson").getFirst();
        assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo("{\"site\":");
        assertThat(letter.headers())
                .containsEntry("x-topic", Topics.CASES)
                .containsEntry("x-group", "common-events-test")
                .containsEntry("ce_type", "casewire.CaseChanged.v1")
                .containsKeys("x-reason", "x-exception", "x-partition", "x-offset");
        assertThat(letter.headers().get("x-reason")).contains("no readable JSON");
    }

    @Test
    void anUnknownTypeAndAMissingTypeAreDeadLettersThatSaySo() {
        TestLog.write(Topics.CASES, "type|CASE|1", "CasePainted", "{}");
        TestLog.send(new ProducerRecord<>(Topics.CASES, "type|CASE|2", "{}".getBytes(StandardCharsets.UTF_8)));
        List<Entry> letters =
                TestLog.await(Topics.CASES + ".dlt", 2, entry -> entry.key().startsWith("type|"));
        assertThat(letters)
                .extracting(letter -> letter.headers().get("x-reason"))
                .anySatisfy(reason -> assertThat(reason).contains("casewire.CasePainted.v1", "casewire.CaseChanged.v1"))
                .anySatisfy(reason -> assertThat(reason).contains("ce_type is missing"));
    }

    @Test
    void aBadFieldIsNamed() {
        TestLog.write(Topics.CASES, "field|CASE|1", "CaseChanged", """
                {"site":"field","caseRef":{"kind":"MATTER","id":"1"},"openedAt":"yesterday","updatedAt":"2026-03-01T10:00:00Z"}
                """);
        assertThat(deadLettersOf("field").getFirst().headers().get("x-reason")).containsAnyOf("caseRef", "kind");
    }

    @Test
    void aKeyOfAnotherSiteIsADeadLetter() {
        TestLog.write(Topics.CASES, "mine|CASE|1", "CaseChanged", caseJson("yours", "1"));
        assertThat(deadLettersOf("mine").getFirst().headers().get("x-reason")).contains("'mine'", "'yours'");
    }

    @Test
    void onlyThePoisonousRecordOfABatchIsPutAside() {
        writeCase("batch", "1");
        writeCase("batch", "poison");
        writeCase("batch", "2");
        await().untilAsserted(() -> assertThat(handledOf("batch")).containsExactlyInAnyOrder("1", "2"));
        assertThat(deadLettersOf("batch"))
                .hasSize(1)
                .first()
                .satisfies(
                        letter -> assertThat(letter.headers().get("x-reason")).contains("this one cannot be handled"));
    }

    @Test
    void passingTroubleIsTriedAgainInPlaceAndLosesNothing() {
        memory.troubles.set(3);
        writeCase("calm", "trouble");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(handledOf("calm")).containsExactly("trouble"));
        assertThat(TestLog.all(Topics.CASES + ".dlt", entry -> entry.key().startsWith("calm|")))
                .isEmpty();
    }

    @Test
    void aReplayForAnotherGroupIsSkipped() {
        ProducerRecord<String, byte[]> replay = new ProducerRecord<>(
                Topics.CASES, "replay|CASE|1", caseJson("replay", "1").getBytes(StandardCharsets.UTF_8));
        replay.headers().add("ce_type", "casewire.CaseChanged.v1".getBytes(StandardCharsets.UTF_8));
        replay.headers().add("x-replay-for", "somebody-else".getBytes(StandardCharsets.UTF_8));
        TestLog.send(replay);
        writeCase("replay", "2");
        await().untilAsserted(() -> assertThat(handledOf("replay")).contains("2"));
        assertThat(handledOf("replay")).doesNotContain("1");
    }

    @Test
    void aRequestWithoutATokenIsUnauthenticated() {
        http.get()
                .uri("/api/sites/demo/things")
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void aTokenOfOneSiteFindsNothingOfAnother() {
        http.get()
                .uri("/api/sites/demo/things")
                .headers(headers -> headers.setBearerAuth(TestTokens.staff("maria", "other")))
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void anAdminMayDoWhatStaffMayAndAServiceMayNot() {
        http.get()
                .uri("/api/sites/demo/things")
                .headers(headers -> headers.setBearerAuth(
                        TestTokens.token("sam", List.of("demo"), List.of("admin"), Duration.ofMinutes(5))))
                .exchange()
                .expectStatus()
                .isOk();
        http.get()
                .uri("/api/sites/demo/things")
                .headers(headers -> headers.setBearerAuth(
                        TestTokens.token("app", List.of("demo"), List.of("service"), Duration.ofMinutes(5))))
                .exchange()
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("FORBIDDEN");
    }

    @Test
    void anExpiredTokenIsRefused() {
        http.get()
                .uri("/api/sites/demo/things")
                .headers(headers -> headers.setBearerAuth(
                        TestTokens.token("maria", List.of("demo"), List.of("staff"), Duration.ofMinutes(-5))))
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void theServicesOwnPortSaysWhetherItIsReady() {
        await().untilAsserted(() -> http.get()
                .uri("/actuator/health/readiness")
                .exchange()
                .expectStatus()
                .isOk());
        http.get().uri("/actuator/health/liveness").exchange().expectStatus().isOk();
        http.get().uri("/actuator/prometheus").exchange().expectStatus().isNotFound();
    }

    @Test
    void everyErrorHasACode() {
        http.get()
                .uri("/no/such/address")
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("NOT_FOUND");
        http.delete()
                .uri("/api/sites/demo/things")
                .headers(headers -> headers.setBearerAuth(TestTokens.staff("maria", "demo")))
                .exchange()
                .expectStatus()
                .isEqualTo(405)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("METHOD_NOT_ALLOWED");
    }

    @Test
    void whatAReaderDoesWithATopicIsToldOnceUnderTheTopicsName() {
        writeCase("told", "1");
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        filters.forEach(meters.config()::meterFilter);
        try (Consumer<?, ?> consumer = consumers.createConsumer();
                KafkaClientMetrics told = new KafkaClientMetrics(consumer)) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.CASES).stream()
                    .map(one -> new TopicPartition(one.topic(), one.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().until(() -> !consumer.poll(Duration.ofMillis(100)).isEmpty());
            assertThat(topics(consumer.metrics().keySet().stream().map(name -> name.tags())))
                    .as("Kafka's own: if this one is told once, topicsByTheirOwnNames() has nothing to do any more")
                    .containsExactlyInAnyOrder("sms.cases", "sms_cases");
            told.bindTo(meters);
            assertThat(topics(meters.getMeters().stream()
                            .map(meter -> meter.getId().getTags().stream()
                                    .collect(Collectors.toMap(Tag::getKey, Tag::getValue)))))
                    .containsExactly("sms.cases");
        }
    }

    private static Set<String> topics(Stream<Map<String, String>> tags) {
        return tags.map(one -> one.get("topic")).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    @Test
    void anEventWithoutTheFieldsUnwrappedIntoItIsADeadLetterAndBlocksNothing() {
        TestLog.write(Topics.SITES, "bare", "SiteChanged", "{\"updatedAt\":\"2026-03-01T10:00:00Z\"}");
        assertThat(TestLog.await(Topics.SITES + ".dlt", 1, entry -> "bare".equals(entry.key()))
                        .getFirst()
                        .headers()
                        .get("x-reason"))
                .isEqualTo("site is missing");
    }
}

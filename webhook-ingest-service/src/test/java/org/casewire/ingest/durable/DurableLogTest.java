package org.casewire.ingest.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.casewire.events.ConsentEvent;
import org.casewire.events.ConsentEvent.ConsentChanged;
import org.casewire.events.DeliveryEvent.DeliveryReported;
import org.casewire.events.transport.EventCodec;
import org.casewire.events.transport.tracing.Tracing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.mock.MockProducerFactory;

class DurableLogTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final DeliveryReported REPORT =
            new DeliveryReported("SM1", "demo", "+14045550123", null, "sent", null, null, null, null, NOW);
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    /** As the real factory's producers, it goes on when a template closes it. */
    private final MockProducer<String, byte[]> broker =
            new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer()) {
                @Override
                public void close() {}

                @Override
                public void close(Duration within) {}
            };

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Availability kafka = new Availability(meters);

    @TempDir
    private Path directory;

    private Spool spool;

    @BeforeEach
    void open() {
        spool = Spools.open(directory, "1MB", meters);
        kafka.started();
    }

    @AfterEach
    void close() throws IOException {
        spool.close();
    }

    private DurableLog log(Duration within) {
        ProducerFactory<String, byte[]> producers = new MockProducerFactory<>(() -> broker);
        return new DurableLog(
                producers,
                new EventCodec("/casewire/webhook-ingest-service"),
                Clock.fixed(NOW, ZoneOffset.UTC),
                new DurabilityProperties(within),
                kafka,
                spool,
                Tracing.off());
    }

    private static DeliveryReported report(String contact) {
        return new DeliveryReported("SM1", "demo", contact, null, "sent", null, null, null, null, NOW);
    }

    private List<String> spooled() throws IOException, InterruptedException {
        SpoolReader reader = spool.reader();
        List<String> keys =
                reader.next().stream().map(one -> one.message().key()).toList();
        reader.close();
        return keys;
    }

    private CompletableFuture<Void> appending() {
        DurableLog log = log(Duration.ofSeconds(20));
        CompletableFuture<Void> appended = CompletableFuture.runAsync(() -> log.append(REPORT, TRACE));
        Awaitility.await().until(() -> !broker.history().isEmpty());
        return appended;
    }

    @Test
    void nothingIsDurableBeforeTheBrokerHasAcknowledgedIt() {
        CompletableFuture<Void> appended = appending();
        assertThat(appended).isNotDone();
        broker.completeNext();
        assertThat(appended).succeedsWithin(5, TimeUnit.SECONDS);
        assertThat(broker.history()).singleElement().satisfies(message -> {
            assertThat(message.topic()).isEqualTo("sms.delivery");
            assertThat(message.key()).isEqualTo("demo|+14045550123");
        });
    }

    @Test
    void twoEventsAreDurableWhenBothAreAcknowledged() {
        DurableLog log = log(Duration.ofSeconds(20));
        CompletableFuture<Void> appended = CompletableFuture.runAsync(() -> log.append(List.of(REPORT, REPORT), TRACE));
        Awaitility.await().until(() -> broker.history().size() == 2);
        broker.completeNext();
        assertThat(appended).isNotDone();
        broker.completeNext();
        assertThat(appended).succeedsWithin(5, TimeUnit.SECONDS);
    }

    @Test
    void anEventIsNotOnItsTopicBeforeTheOneItFollowsIsOnAnother() {
        ConsentChanged consent = new ConsentChanged(
                "demo",
                "+14045550123",
                ConsentEvent.State.OPTED_OUT,
                ConsentEvent.Source.KEYWORD,
                List.of(),
                null,
                NOW);
        DurableLog log = log(Duration.ofSeconds(20));
        CompletableFuture<Void> appended =
                CompletableFuture.runAsync(() -> log.append(List.of(consent, REPORT), TRACE));
        Awaitility.await().until(() -> !broker.history().isEmpty());
        assertThat(broker.history())
                .singleElement()
                .satisfies(message -> assertThat(message.topic()).isEqualTo("sms.consent"));
        broker.completeNext();
        Awaitility.await().until(() -> broker.history().size() == 2);
        broker.completeNext();
        assertThat(appended).succeedsWithin(5, TimeUnit.SECONDS);
    }

    @Test
    void noTwoEventsHaveOneId() {
        EventIds ids = new EventIds();
        assertThat(Stream.generate(ids::next).limit(1_000).toList())
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(id.variant()).isEqualTo(2))
                .doesNotContain(new EventIds().next());
    }

    @Test
    void whatTheBrokerRefusesGoesToTheSpoolAndWhatFollowsDoesNotWaitForIt() throws Exception {
        DurableLog log = log(Duration.ofSeconds(20));
        CompletableFuture<Void> appended = CompletableFuture.runAsync(() -> log.append(REPORT, TRACE));
        Awaitility.await().until(() -> !broker.history().isEmpty());
        broker.errorNext(new NotEnoughReplicasException("one of two"));
        assertThat(appended).succeedsWithin(5, TimeUnit.SECONDS);
        log.append(REPORT, TRACE);
        log.append(report("+14045550124"), TRACE);
        assertThat(broker.history()).hasSize(1);
        assertThat(spooled()).containsExactly(REPORT.key(), REPORT.key(), "demo|+14045550124");
        assertThat(meters.get("casewire.kafka.away").gauge().value()).isEqualTo(1);
    }

    @Test
    void aBrokerThatSaysNothingIsNotWaitedForLongerThanAgreed() throws Exception {
        log(Duration.ofMillis(50)).append(REPORT, TRACE);
        assertThat(spooled()).containsExactly(REPORT.key());
    }

    @Test
    void aProducerThatCannotSendAtAllLeavesItToTheSpool() throws Exception {
        broker.sendException = new org.apache.kafka.common.errors.TimeoutException("no metadata");
        log(Duration.ofSeconds(5)).append(REPORT, TRACE);
        assertThat(spooled()).containsExactly(REPORT.key());
    }

    @Test
    void aConversationStaysBehindWhatIsSpooledOfItEvenWhenKafkaIsBack() throws Exception {
        Spools.append(spool, REPORT.key(), "before");
        DurableLog log = log(Duration.ofSeconds(20));
        log.append(REPORT, TRACE);
        assertThat(broker.history()).isEmpty();
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> log.append(report("+14045550124"), TRACE));
        Awaitility.await().until(() -> !broker.history().isEmpty());
        broker.completeNext();
        assertThat(other).succeedsWithin(5, TimeUnit.SECONDS);
        assertThat(spooled()).containsExactly(REPORT.key(), REPORT.key());
    }

    @Test
    void withoutKafkaAndWithoutRoomNothingIsDurable() throws Exception {
        Files.move(directory.resolve("0"), directory.resolve("elsewhere"));
        broker.sendException = new org.apache.kafka.common.errors.TimeoutException("no metadata");
        DurableLog log = log(Duration.ofSeconds(5));
        assertThatThrownBy(() -> log.append(REPORT, TRACE)).isInstanceOf(NotDurable.class);
        assertThatThrownBy(() -> log.append(REPORT, TRACE)).isInstanceOf(NotDurable.class);
        Files.move(directory.resolve("elsewhere"), directory.resolve("0"));
        log.append(REPORT, TRACE);
        assertThat(spooled()).containsExactly(REPORT.key());
    }

    @Test
    void withoutRoomInTheSpoolSomebodyFindsOutWhenKafkaIsBack() throws Exception {
        Files.move(directory.resolve("0"), directory.resolve("elsewhere"));
        kafka.lost(new IllegalStateException());
        DurableLog log = log(Duration.ofSeconds(20));
        CompletableFuture<Void> tried = CompletableFuture.runAsync(() -> Awaitility.await()
                .ignoreExceptionsInstanceOf(NotDurable.class)
                .until(() -> {
                    log.append(REPORT, TRACE);
                    return true;
                }));
        Awaitility.await().until(() -> !broker.history().isEmpty());
        broker.completeNext();
        assertThat(tried).succeedsWithin(5, TimeUnit.SECONDS);
        assertThat(kafka.isThere()).isTrue();
        Files.move(directory.resolve("elsewhere"), directory.resolve("0"));
    }

    @Test
    void whatKafkaWillNeverTakeIsNotSpooled() {
        broker.sendException = new RecordTooLargeException("a byte too much");
        DurableLog log = log(Duration.ofSeconds(5));
        assertThatThrownBy(() -> log.append(REPORT, TRACE)).isInstanceOf(NotDurable.class);
        assertThat(spool.isEmpty()).isTrue();
        assertThat(kafka.isThere()).isTrue();
    }
}

package org.casewire.ingest.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.casewire.events.DeliveryEvent.DeliveryReported;
import org.casewire.events.transport.EventCodec;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.mock.MockProducerFactory;

class DurableLogTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final DeliveryReported REPORT =
            new DeliveryReported("SM1", "demo", "+14045550123", null, "sent", null, null, null, null, NOW);
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final MockProducer<String, byte[]> broker =
            new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());

    private DurableLog log(Duration within) {
        ProducerFactory<String, byte[]> producers = new MockProducerFactory<>(() -> broker);
        return new DurableLog(
                new KafkaTemplate<>(producers),
                new EventCodec("/casewire/webhook-ingest-service"),
                Clock.fixed(NOW, ZoneOffset.UTC),
                new DurabilityProperties(within));
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
        CompletableFuture<Void> appended =
                CompletableFuture.runAsync(() -> log.append(java.util.List.of(REPORT, REPORT), TRACE));
        Awaitility.await().until(() -> broker.history().size() == 2);
        broker.completeNext();
        assertThat(appended).isNotDone();
        broker.completeNext();
        assertThat(appended).succeedsWithin(5, TimeUnit.SECONDS);
    }

    @Test
    void aRefusalOfTheBrokerIsNotDurable() {
        CompletableFuture<Void> appended = appending();
        broker.errorNext(new NotEnoughReplicasException("one of two"));
        assertThat(appended)
                .failsWithin(5, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(NotDurable.class);
    }

    @Test
    void aBrokerThatSaysNothingIsNotWaitedForLongerThanAgreed() {
        DurableLog log = log(Duration.ofMillis(50));
        assertThatThrownBy(() -> log.append(REPORT, TRACE)).isInstanceOf(NotDurable.class);
    }

    @Test
    void aProducerThatCannotSendAtAllIsNotDurable() {
        broker.sendException = new org.apache.kafka.common.errors.TimeoutException("no metadata");
        DurableLog log = log(Duration.ofSeconds(5));
        assertThatThrownBy(() -> log.append(REPORT, TRACE)).isInstanceOf(NotDurable.class);
    }
}

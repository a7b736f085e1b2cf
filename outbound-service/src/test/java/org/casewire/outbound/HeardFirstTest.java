package org.casewire.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.casewire.events.ContactEvent.ContactChanged;
import org.casewire.events.Topics;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.outbound.start.HeardFirst;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;

/** A start of the service after a pause, with listeners of a group of its own. */
@ServiceTest
class HeardFirstTest extends OutboundWithTwin {

    private final KafkaAdmin kafka;

    HeardFirstTest(KafkaAdmin kafka) {
        this.kafka = kafka;
    }

    @EnableKafka
    @Import(HeardFirst.class)
    static class AStart {

        final CountDownLatch mayListen = new CountDownLatch(1);

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, byte[]> kafkaListenerContainerFactory(KafkaAdmin kafka) {
            var factory = new ConcurrentKafkaListenerContainerFactory<String, byte[]>();
            factory.setConsumerFactory(new DefaultKafkaConsumerFactory<>(
                    Map.of(
                            "bootstrap.servers",
                            kafka.getConfigurationProperties().get("bootstrap.servers"),
                            "auto.offset.reset",
                            "earliest"),
                    new StringDeserializer(),
                    new ByteArrayDeserializer()));
            factory.setBatchListener(true);
            factory.setAutoStartup(false);
            return factory;
        }

        @KafkaListener(
                id = "words",
                groupId = "${spring.kafka.consumer.group-id}",
                topics = {Topics.CONSENT, Topics.CONTACTS, Topics.CASES, Topics.INBOUND})
        void hear(List<ConsumerRecord<String, byte[]>> records) throws InterruptedException {
            mayListen.await();
        }

        @KafkaListener(id = "requests", groupId = "${spring.kafka.consumer.group-id}", topics = Topics.SEND_QUEUE)
        void take(List<ConsumerRecord<String, byte[]>> records) {}
    }

    private AnnotationConfigApplicationContext start(String group) {
        var context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("spring.kafka.consumer.group-id", group)));
        context.registerBean(KafkaAdmin.class, () -> new KafkaAdmin(kafka.getConfigurationProperties()));
        context.register(AStart.class);
        context.refresh();
        return context;
    }

    private static boolean isRunning(AnnotationConfigApplicationContext context, String listener) {
        return context.getBean(KafkaListenerEndpointRegistry.class)
                .getListenerContainer(listener)
                .isRunning();
    }

    @Test
    void whatPeopleSaidIsHeardBeforeAnythingElseAndOnlyOnce() throws Exception {
        TestLog.write(
                new ContactChanged("heard-first", "c1", null, contact, null, null, false, null, null, Instant.now()));
        String group = "heard-first-" + UUID.randomUUID();
        try (var context = start(group)) {
            HeardFirst first = context.getBean(HeardFirst.class);
            CompletableFuture<Void> prepared = CompletableFuture.runAsync(() -> prepare(first));
            await().until(() -> isRunning(context, "words"));
            assertThat(first.isHeard()).isFalse();
            assertThat(prepared).isNotDone();
            assertThat(isRunning(context, "requests")).isFalse();

            context.getBean(AStart.class).mayListen.countDown();
            prepared.get();
            assertThat(first.isHeard()).isTrue();
            assertThat(isRunning(context, "requests")).isFalse();
        }
        try (var again = start(group)) {
            prepare(again.getBean(HeardFirst.class));
            assertThat(again.getBean(HeardFirst.class).isHeard()).isTrue();
            assertThat(isRunning(again, "words"))
                    .as("there is nothing to wait for")
                    .isFalse();
        }
    }

    private static void prepare(HeardFirst first) {
        try {
            first.prepare();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}

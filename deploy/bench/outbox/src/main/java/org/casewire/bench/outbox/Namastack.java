package org.casewire.bench.outbox;

import io.namastack.outbox.Outbox;
import io.namastack.outbox.handler.OutboxRecordMetadata;
import io.namastack.outbox.handler.OutboxTypedHandler;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.casewire.events.OutboundEvent;
import org.casewire.events.transport.EventCodec;
import org.casewire.events.transport.TraceParent;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Namastack Outbox on JDBC. Its own Kafka module is not among the released artifacts of this version; the handler here
 * does what that module's does: send one record and wait for its acknowledgement.
 */
record Namastack(
        ConfigurableApplicationContext context, Outbox outbox, TransactionTemplate transactions, EventCodec codec)
        implements Candidate {

    /** An event as the library keeps it. */
    record Kept(String topic, Map<String, String> headers, String body) {}

    /** Publishes one kept event. */
    static final class Publisher implements OutboxTypedHandler<Kept> {

        private final KafkaOperations<String, byte[]> kafka;

        Publisher(KafkaOperations<String, byte[]> kafka) {
            this.kafka = kafka;
        }

        @Override
        public void handle(Kept kept, OutboxRecordMetadata metadata) {
            ProducerRecord<String, byte[]> message = new ProducerRecord<>(
                    kept.topic(), metadata.getKey(), kept.body().getBytes(StandardCharsets.UTF_8));
            kept.headers()
                    .forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            try {
                kafka.send(message).join();
            } catch (CompletionException refused) {
                throw new IllegalStateException(refused.getCause());
            }
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Service {

        @Bean
        Publisher publisher(KafkaOperations<String, byte[]> kafka) {
            return new Publisher(kafka);
        }
    }

    static Candidate start(String jdbcUrl, String kafka) {
        ConfigurableApplicationContext context =
                SpringApplication.run(Service.class, Candidate.parts("namastack", jdbcUrl, kafka));
        return new Namastack(
                context,
                context.getBean(Outbox.class),
                context.getBean(TransactionTemplate.class),
                new EventCodec("/casewire/outbox-bench"));
    }

    @Override
    public void append(List<OutboundEvent> events) {
        List<ProducerRecord<String, byte[]>> records = events.stream()
                .map(event ->
                        codec.encode(event, UUID.randomUUID(), Clock.systemUTC().instant(), TraceParent.start()))
                .toList();
        // The library takes one record at a time; the transaction is what can be shared.
        transactions.executeWithoutResult(
                transaction -> records.forEach(record -> outbox.schedule(kept(record), record.key())));
    }

    private static Kept kept(ProducerRecord<String, byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return new Kept(record.topic(), headers, new String(record.value(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        context.close();
    }
}

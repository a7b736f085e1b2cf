package org.casewire.bench.outbound;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Asks for texts as an upstream application does. */
final class Upstream implements AutoCloseable {

    private final Texts texts;
    private final Clock clock;
    private final KafkaProducer<byte[], byte[]> producer;

    Upstream(String kafka, Texts texts, Clock clock, int lingerMillis) {
        this.texts = texts;
        this.clock = clock;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "acks", "all", "linger.ms", lingerMillis, "batch.size", 131_072),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Asks for texts from one number to another, as fast as they are taken; returns when all are acknowledged. */
    void askForAll(int from, int until, IntFunction<@Nullable Instant> sendAt) {
        for (int number = from; number < until; number++) {
            producer.send(texts.request(number, sendAt.apply(number), clock.instant()));
        }
        producer.flush();
    }

    /** Asks for one text now; returns when that was. */
    Instant askFor(int number) throws InterruptedException {
        Instant asked = clock.instant();
        try {
            producer.send(texts.request(number, null, asked)).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka did not take a request", e);
        }
        return asked;
    }

    @Override
    public void close() {
        producer.close();
    }
}

package org.casewire.local.demo;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes what the demo site's case-management system would have published. */
public final class DemoEvents {

    private DemoEvents() {}

    /** Returns when the broker has acknowledged all of it. */
    public static void publish(String bootstrapServers) throws IOException, InterruptedException {
        publish(bootstrapServers, DemoCast.events().toList());
    }

    static void publish(String bootstrapServers, List<UpstreamEvent> events) throws IOException, InterruptedException {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (UpstreamEvent event : events) {
                sent.add(producer.send(event.record(Clock.systemUTC())));
            }
            for (Future<RecordMetadata> acknowledgement : sent) {
                acknowledgement.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("Kafka did not take an event: " + e.getCause(), e);
        }
    }
}

package org.casewire.bench.notification;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes events as the upstream and the other services do. */
final class Upstream implements AutoCloseable {

    private final KafkaProducer<String, byte[]> producer;

    Upstream(String kafka, int lingerMillis) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "acks", "all", "linger.ms", lingerMillis),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    void send(String topic, String key, String name, String json) {
        ProducerRecord<String, byte[]> message =
                new ProducerRecord<>(topic, key, json.getBytes(StandardCharsets.UTF_8));
        message.headers().add("ce_type", ("casewire." + name + ".v1").getBytes(StandardCharsets.UTF_8));
        producer.send(message);
    }

    @Override
    public void close() {
        producer.close();
    }
}

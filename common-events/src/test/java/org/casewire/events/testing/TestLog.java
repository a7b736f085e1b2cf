package org.casewire.events.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.casewire.events.Event;
import org.casewire.events.transport.EventCodec;
import org.casewire.events.transport.TraceParent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The upstream's and the onlooker's side of Kafka: writes records as a stranger would and reads what was written. */
public final class TestLog {

    private static final KafkaProducer<String, byte[]> PRODUCER = new KafkaProducer<>(
            Map.of("bootstrap.servers", RealParts.kafka(), "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer());
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final EventCodec CODEC = new EventCodec("/test");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Map<String, Reader> READERS = new ConcurrentHashMap<>();

    private TestLog() {}

    /** A record as it stands on a topic. */
    public record Entry(
            String topic, int partition, long offset, String key, Map<String, String> headers, byte[] value) {

        public String type() {
            return headers.getOrDefault("ce_type", "");
        }

        /** The event's name without {@code casewire.} and {@code .v1}. */
        public String event() {
            return type().replaceFirst("^casewire\\.", "").replaceFirst("\\.v1$", "");
        }

        public JsonNode json() {
            return JSON.readTree(value);
        }
    }

    /** Writes an event as a Casewire service would. */
    public static void write(Event event) {
        send(CODEC.encode(event, UUID.randomUUID(), java.time.Instant.now(), TraceParent.start()));
    }

    /** Writes JSON with nothing but its type, as an upstream in any language would. */
    public static void write(String topic, String key, String eventName, String json) {
        ProducerRecord<String, byte[]> message =
                new ProducerRecord<>(topic, key, json == null ? null : json.getBytes(StandardCharsets.UTF_8));
        message.headers().add("ce_type", ("casewire." + eventName + ".v1").getBytes(StandardCharsets.UTF_8));
        send(message);
    }

    /** Writes any record. */
    public static void send(ProducerRecord<String, byte[]> message) {
        try {
            PRODUCER.send(message).get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Everything on a topic that matches, oldest first within a partition. */
    public static List<Entry> all(String topic, Predicate<Entry> wanted) {
        return READERS.computeIfAbsent(topic, Reader::new).toTheEnd().stream()
                .filter(wanted)
                .toList();
    }

    /** Waits until at least {@code count} records match and returns all of them. */
    public static List<Entry> await(String topic, int count, Predicate<Entry> wanted) {
        return org.awaitility.Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> all(topic, wanted), found -> found.size() >= count);
    }

    private static Entry entry(ConsumerRecord<String, byte[]> message) {
        Map<String, String> headers = new java.util.LinkedHashMap<>();
        for (Header header : message.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return new Entry(
                message.topic(), message.partition(), message.offset(), message.key(), headers, message.value());
    }

    /** Goes on where it was: a test asks for a topic dozens of times. */
    private static final class Reader {

        /** A look for the end waits behind a fetch that waits for more. */
        private static final int SHORT_MS = 10;

        private final KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", RealParts.kafka(), "fetch.max.wait.ms", SHORT_MS),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        private final String topic;
        private final List<Entry> read = new ArrayList<>();
        private List<TopicPartition> partitions = List.of();

        Reader(String topic) {
            this.topic = topic;
        }

        synchronized List<Entry> toTheEnd() {
            if (partitions.isEmpty()) {
                partitions = consumer.partitionsFor(topic).stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
            }
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(one -> read.add(entry(one)));
            }
            return List.copyOf(read);
        }
    }
}

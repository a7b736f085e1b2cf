package org.casewire.ingest.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.casewire.events.Topics;
import org.casewire.events.testing.RealParts;
import org.casewire.events.testing.TestLog.Entry;

/** Everything ingest has published in this JVM, read once and kept: an acknowledged record is there at once. */
public final class Published {

    private static final Duration SOON = Duration.ofMillis(50);

    private final KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
            Map.of("bootstrap.servers", RealParts.kafka(), "fetch.max.wait.ms", 20),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    private final List<TopicPartition> partitions;
    private final List<Entry> entries = new ArrayList<>();

    public Published() {
        partitions = Stream.of(Topics.INBOUND, Topics.DELIVERY, Topics.CONSENT)
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** All of it, up to now. */
    public List<Entry> all() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(SOON).forEach(message -> entries.add(entry(message)));
        }
        return List.copyOf(entries);
    }

    /** What is about one SID. */
    public List<Entry> about(String sid) {
        return all().stream()
                .filter(entry -> sid.equals(entry.headers().get("ce_subject")))
                .toList();
    }

    private static Entry entry(ConsumerRecord<String, byte[]> message) {
        Map<String, String> headers = new LinkedHashMap<>();
        message.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return new Entry(
                message.topic(), message.partition(), message.offset(), message.key(), headers, message.value());
    }
}

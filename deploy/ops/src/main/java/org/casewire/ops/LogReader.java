package org.casewire.ops;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads topics from a moment to where they end now; it belongs to no group and leaves no trace. */
public final class LogReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final long PATIENCE = Duration.ofSeconds(60).toNanos();

    private final KafkaConsumer<byte[], byte[]> consumer;

    public LogReader(Properties kafka) {
        Properties settings = new Properties();
        settings.putAll(kafka);
        settings.setProperty("enable.auto.commit", "false");
        settings.setProperty("auto.offset.reset", "earliest");
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** The names of all topics. */
    public Collection<String> topics() {
        return consumer.listTopics().keySet();
    }

    public List<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /** What a reader does with each record. */
    public interface Each {

        void take(ConsumerRecord<byte[], byte[]> message);
    }

    /** What is between two places of each partition. */
    public record Span(Map<TopicPartition, Long> from, Map<TopicPartition, Long> until) {

        public long length() {
            return until.entrySet().stream()
                    .mapToLong(end -> Math.max(0, end.getValue() - from.getOrDefault(end.getKey(), 0L)))
                    .sum();
        }
    }

    /** From a moment, else from the beginning, to the end as it is now. */
    public Span span(Collection<TopicPartition> partitions, @Nullable Instant since) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> from = new HashMap<>(consumer.beginningOffsets(partitions));
        if (since != null) {
            Map<TopicPartition, Long> wanted = new HashMap<>();
            partitions.forEach(partition -> wanted.put(partition, since.toEpochMilli()));
            for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
                    consumer.offsetsForTimes(wanted).entrySet()) {
                from.put(
                        found.getKey(),
                        found.getValue() == null
                                ? ends.getOrDefault(found.getKey(), 0L)
                                : found.getValue().offset());
            }
        }
        return new Span(from, ends);
    }

    /** Hands over every record of the span, in order within each partition. */
    public void read(Span span, Progress progress, Each each) {
        List<TopicPartition> partitions = span.until().entrySet().stream()
                .filter(end -> span.from().getOrDefault(end.getKey(), 0L) < end.getValue())
                .map(Map.Entry::getKey)
                .toList();
        consumer.assign(partitions);
        partitions.forEach(partition -> consumer.seek(partition, span.from().getOrDefault(partition, 0L)));
        long read = 0;
        long lastNews = System.nanoTime();
        while (isUnfinished(span, partitions)) {
            for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                lastNews = System.nanoTime();
                TopicPartition place = new TopicPartition(message.topic(), message.partition());
                if (message.offset() < span.until().getOrDefault(place, 0L)) {
                    read++;
                    each.take(message);
                }
            }
            progress.at(read, span.length());
            if (System.nanoTime() - lastNews > PATIENCE) {
                throw new Failed("The broker stopped answering while its topics were read. Look at it, and try again.");
            }
        }
    }

    private boolean isUnfinished(Span span, List<TopicPartition> partitions) {
        return partitions.stream()
                .anyMatch(
                        partition -> consumer.position(partition) < span.until().getOrDefault(partition, 0L));
    }

    @Override
    public void close() throws KafkaException {
        consumer.close();
    }
}

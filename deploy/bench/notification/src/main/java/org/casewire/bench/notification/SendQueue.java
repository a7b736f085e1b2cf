package org.casewire.bench.notification;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the send queue as outbound would. */
final class SendQueue implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaConsumer<String, byte[]> consumer;
    private Instant due = Instant.EPOCH;

    SendQueue(String kafka) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, "max.poll.records", 5_000),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor("sms.send-queue").stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
    }

    /**
     * What came.
     *
     * @param different how many texts that is
     * @param lateSeconds how late each record was written
     */
    record Seen(int different, List<Double> lateSeconds) {}

    /** From now on, for reminders that are due then. */
    void begin(Instant moment) {
        due = moment;
        consumer.seekToEnd(consumer.assignment());
        consumer.assignment().forEach(consumer::position);
    }

    /** Waits for that many; goes on a little, to see whether there are more. */
    Seen await(String part, int count) {
        Set<String> messages = new HashSet<>();
        List<Double> late = new ArrayList<>();
        long deadline = due.plus(PATIENCE).toEpochMilli();
        int idle = 0;
        while (idle < 4 && System.currentTimeMillis() < deadline) {
            int before = late.size();
            consumer.poll(Duration.ofMillis(500)).forEach(record -> {
                if (new String(record.value(), StandardCharsets.UTF_8).contains("\"" + part + "-")) {
                    messages.add(subject(record));
                    late.add((record.timestamp() - due.toEpochMilli()) / 1_000.0);
                }
            });
            idle = late.size() >= count && late.size() == before ? idle + 1 : 0;
        }
        return new Seen(messages.size(), late);
    }

    private static String subject(ConsumerRecord<String, byte[]> record) {
        return new String(record.headers().lastHeader("ce_subject").value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}

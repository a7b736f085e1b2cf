package org.casewire.bench.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What really stands on {@code sms.delivery}. */
final class Topic {

    private static final String NAME = "sms.delivery";

    private Topic() {}

    /**
     * How it differs from what was answered.
     *
     * @param lost answered 2xx and on the topic less often than that
     * @param doubled on the topic more often than answered
     * @param unanswered on the topic and never answered
     */
    record Difference(int lost, int doubled, int unanswered) {}

    static Difference from(int[] answered, String bootstrap) {
        int[] found = new int[Callbacks.COUNT];
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "max.poll.records", 20_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(NAME).stream()
                    .map(info -> new TopicPartition(NAME, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(200))) {
                    byte[] subject = message.headers().lastHeader("ce_subject").value();
                    found[Callbacks.number(new String(subject, StandardCharsets.US_ASCII))]++;
                }
            }
        }
        int lost = 0;
        int doubled = 0;
        int unanswered = 0;
        for (int number = 0; number < found.length; number++) {
            lost += Math.max(0, answered[number] - found[number]);
            doubled += Math.max(0, found[number] - answered[number]);
            unanswered += answered[number] == 0 && found[number] > 0 ? 1 : 0;
        }
        return new Difference(lost, doubled, unanswered);
    }
}

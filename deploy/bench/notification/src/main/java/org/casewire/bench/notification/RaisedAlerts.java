package org.casewire.bench.notification;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the topic of alerts from where it ends now. */
final class RaisedAlerts implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String SID = "\"sid\":\"";

    private final KafkaConsumer<String, byte[]> consumer;

    RaisedAlerts(String kafka) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, "max.poll.records", 5_000),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor("sms.alerts").stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /**
     * What came.
     *
     * @param different how many texts that is
     * @param all how many records
     * @param lastMillis when the last of them was written
     */
    record Seen(int different, int all, long lastMillis) {}

    /** Waits for that many; goes on a little, to see whether there are more. */
    Seen await(String part, int count) {
        Map<String, Integer> seen = new HashMap<>();
        long last = 0;
        int all = 0;
        int idle = 0;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (idle < 3 && System.nanoTime() < deadline) {
            int before = all;
            for (var message : consumer.poll(Duration.ofMillis(300))) {
                String json = new String(message.value(), StandardCharsets.UTF_8);
                int begin = json.indexOf(SID) + SID.length();
                String sid = json.substring(begin, json.indexOf('"', begin));
                if (sid.startsWith(part)) {
                    seen.merge(sid, 1, Integer::sum);
                    last = Math.max(last, message.timestamp());
                    all++;
                }
            }
            idle = seen.size() >= count && all == before ? idle + 1 : 0;
        }
        return new Seen(seen.size(), all, last);
    }

    @Override
    public void close() {
        consumer.close();
    }
}

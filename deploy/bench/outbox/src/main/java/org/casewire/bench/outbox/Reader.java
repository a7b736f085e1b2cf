package org.casewire.bench.outbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.casewire.events.Topics;

/** Reads what reaches the topic from now on, and keeps account of it. */
final class Reader implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread;
    private final long[] receivedAt;
    private final BitSet seen;
    private final int[] lastOfConversation = new int[Events.CONVERSATIONS];
    private volatile boolean running = true;
    private volatile int distinct;
    private volatile int duplicates;
    private volatile int outOfOrder;
    private volatile long lastArrival;

    Reader(String kafka, int mostEvents) {
        receivedAt = new long[mostEvents];
        seen = new BitSet(mostEvents);
        Arrays.fill(lastOfConversation, -1);
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, "max.poll.records", 5_000, "enable.auto.commit", false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.OUTBOUND).stream()
                .map(part -> new TopicPartition(part.topic(), part.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread = Thread.ofPlatform().name("reader").start(this::read);
    }

    private void read() {
        while (running) {
            ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofMillis(200));
            if (!records.isEmpty()) {
                long now = System.nanoTime();
                records.forEach(record -> note(record, now));
                lastArrival = now;
                distinct = seen.cardinality();
            }
        }
        consumer.close();
    }

    private void note(ConsumerRecord<String, byte[]> record, long now) {
        int number = Events.number(
                new String(record.headers().lastHeader("ce_subject").value(), StandardCharsets.UTF_8));
        if (seen.get(number)) {
            duplicates = duplicates + 1;
            return;
        }
        seen.set(number);
        receivedAt[number] = now;
        int conversation = Events.conversation(record.key());
        if (number < lastOfConversation[conversation]) {
            outOfOrder = outOfOrder + 1;
        }
        lastOfConversation[conversation] = number;
    }

    /** How many different events have come. */
    int distinct() {
        return distinct;
    }

    int duplicates() {
        return duplicates;
    }

    int outOfOrder() {
        return outOfOrder;
    }

    /** When the latest batch came, on the clock of {@link System#nanoTime()}. */
    long lastArrival() {
        return lastArrival;
    }

    /** When an event came, 0 when it has not; call after {@link #distinct()}. */
    long receivedAt(int number) {
        return receivedAt[number];
    }

    @Override
    public void close() throws InterruptedException {
        running = false;
        thread.join();
    }
}

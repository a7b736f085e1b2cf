package org.casewire.bench.outbound;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what Casewire tells of the texts and keeps when it was told. */
final class Outcomes implements AutoCloseable {

    private static final byte[] DELIVERED = "\"status\":\"DELIVERED\"".getBytes(StandardCharsets.US_ASCII);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private final AtomicLongArray acceptedAt;
    private final AtomicLongArray deliveredAt;
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger delivered = new AtomicInteger();
    private final AtomicInteger scheduled = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final AtomicInteger others = new AtomicInteger();
    private volatile boolean running = true;

    /** @param gathered how many bytes the broker may gather before it answers, for a fifth of a second at most */
    Outcomes(String kafka, int mostMessages, int gathered) {
        acceptedAt = new AtomicLongArray(mostMessages);
        deliveredAt = new AtomicLongArray(mostMessages);
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka,
                        "max.poll.records",
                        5_000,
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "earliest",
                        "fetch.min.bytes",
                        gathered,
                        "fetch.max.wait.ms",
                        200),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor("sms.outbound").stream()
                .map(part -> new TopicPartition(part.topic(), part.partition()))
                .toList();
        consumer.assign(partitions);
        thread = Thread.ofPlatform().name("outcomes").start(this::read);
    }

    private void read() {
        while (running) {
            consumer.poll(Duration.ofMillis(100)).forEach(this::note);
        }
        consumer.close();
    }

    private void note(ConsumerRecord<byte[], byte[]> event) {
        long now = System.nanoTime();
        int number = Texts.numberOf(value(event, "ce_subject"));
        switch (new String(value(event, "ce_type"), StandardCharsets.US_ASCII)) {
            case "casewire.MessageAccepted.v1" -> note(acceptedAt, accepted, number, now);
            case "casewire.MessageStatusChanged.v1" -> {
                if (contains(event.value(), DELIVERED)) {
                    note(deliveredAt, delivered, number, now);
                }
            }
            case "casewire.MessageScheduled.v1" -> scheduled.incrementAndGet();
            default -> others.incrementAndGet();
        }
    }

    private void note(AtomicLongArray when, AtomicInteger count, int number, long now) {
        if (when.compareAndSet(number, 0, now)) {
            count.incrementAndGet();
        } else {
            repeated.incrementAndGet();
        }
    }

    private static byte[] value(ConsumerRecord<byte[], byte[]> event, String name) {
        Header header = event.headers().lastHeader(name);
        if (header == null) {
            throw new IllegalStateException("An event on sms.outbound has no header " + name);
        }
        return header.value();
    }

    private static boolean contains(byte[] text, byte[] part) {
        for (int i = 0; i <= text.length - part.length; i++) {
            if (text[i] == part[0] && Arrays.equals(text, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    int accepted() {
        return accepted.get();
    }

    int delivered() {
        return delivered.get();
    }

    int scheduled() {
        return scheduled.get();
    }

    /** Events that came a second time for the same text. */
    int repeated() {
        return repeated.get();
    }

    /** Events that nobody expects here: rejected, held, cancelled. */
    int others() {
        return others.get();
    }

    /** When the last text was accepted, sorted with all before it, on the clock of {@link System#nanoTime()}. */
    long[] acceptedTimes() {
        return times(acceptedAt);
    }

    long[] deliveredTimes() {
        return times(deliveredAt);
    }

    private static long[] times(AtomicLongArray when) {
        return IntStream.range(0, when.length())
                .mapToLong(when::get)
                .filter(at -> at != 0)
                .sorted()
                .toArray();
    }

    /** Whether a text was accepted. */
    boolean isAccepted(int number) {
        return acceptedAt.get(number) != 0;
    }

    /** A count to wait for. */
    @FunctionalInterface
    interface Count {
        int now();
    }

    /** Waits until the count is reached, and tells of the way there; fails when it stands still. */
    static void await(String what, Count count, int expected, Duration pause, Progress progress) {
        long lastMove = System.nanoTime();
        int last = 0;
        for (int now = count.now(); now < expected; now = count.now()) {
            if (now != last) {
                last = now;
                lastMove = System.nanoTime();
            } else if (System.nanoTime() - lastMove > PATIENCE.toNanos()) {
                throw new IllegalStateException(
                        "Only %,d of %,d texts are %s, and nothing moves".formatted(now, expected, what));
            }
            progress.tell(what, now, expected);
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    @Override
    public void close() throws InterruptedException {
        running = false;
        thread.join();
    }
}

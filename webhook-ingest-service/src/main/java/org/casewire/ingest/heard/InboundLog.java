package org.casewire.ingest.heard;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.casewire.events.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads all of {@code sms.inbound} from some days back and goes on reading. It is no member of a group: every instance
 * needs every text, since Twilio may reach any of them.
 */
@Component
public class InboundLog implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(InboundLog.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BEFORE_AGAIN = Duration.ofSeconds(1);
    private static final int WORTH_A_WARNING = 5;
    private static final int MOST_AT_ONCE = 2_000_000;

    private final ConsumerFactory<String, byte[]> consumers;
    private final Heard heard;
    private final Clock clock;
    private final Duration lookBack;
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private volatile CountDownLatch stopped = new CountDownLatch(0);

    InboundLog(ConsumerFactory<String, byte[]> consumers, Heard heard, Clock clock, HeardProperties properties) {
        this.consumers = consumers;
        this.heard = heard;
        this.clock = clock;
        this.lookBack = properties.lookBack();
    }

    /** Somebody who wants to know when all that is on the log now has been read. */
    private static final class Waiter {
        private final CompletableFuture<Void> reached = new CompletableFuture<>();
        private Map<TopicPartition, Long> ends = Map.of();
    }

    /** Done when everything has been read that was published before the call; fails when the log cannot be read. */
    public CompletableFuture<Void> readToItsEnd() {
        Waiter waiter = new Waiter();
        waiters.add(waiter);
        return waiter.reached;
    }

    /**
     * The SIDs of a site's texts that were published since then, read from the log now: for what happened longer ago
     * than this instance remembers.
     *
     * @throws IllegalStateException when there are more than can be held
     */
    public Set<String> published(String site, Instant since) {
        Set<String> sids = new HashSet<>();
        try (Consumer<String, byte[]> consumer = consumers.createConsumer()) {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            startOf(consumer, partitions, since).forEach(consumer::seek);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL)
                        .forEach(message -> Inbound.of(message)
                                .filter(text -> text.site().equals(site))
                                .ifPresent(text -> sids.add(text.sid())));
                if (sids.size() > MOST_AT_ONCE) {
                    throw new IllegalStateException("The site had more than " + MOST_AT_ONCE
                            + " texts since then. Sweep a shorter span, the latest first.");
                }
            }
        }
        return sids;
    }

    @Override
    public void start() {
        stopped = new CountDownLatch(1);
        Thread.ofVirtual().name("inbound-log").start(this::readUntilStopped);
    }

    private void readUntilStopped() {
        Map<TopicPartition, Long> read = new HashMap<>();
        int failures = 0;
        while (isRunning()) {
            try (Consumer<String, byte[]> consumer = consumers.createConsumer()) {
                begin(consumer, read);
                failures = 0;
                follow(consumer, read);
            } catch (InterruptException stop) {
                return;
            } catch (RuntimeException failure) {
                failures++;
                // The first ones are the rule where the topic is only being made.
                (failures == WORTH_A_WARNING ? log.atWarn() : log.atDebug())
                        .addKeyValue("topic", Topics.INBOUND)
                        .addKeyValue("failure", failure.getClass().getSimpleName())
                        .log("The received texts cannot be read from the log; trying until they can");
                fail(failure);
                pause();
            }
        }
        fail(new IllegalStateException("The service is stopping"));
    }

    private void pause() {
        try {
            boolean stop = stopped.await(BEFORE_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            log.atTrace().addKeyValue("stop", stop).log("Looking at the log again");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> read) {
        List<TopicPartition> partitions = partitions(consumer);
        consumer.assign(partitions);
        Instant since = clock.instant().minus(lookBack);
        heard.forgetBefore(since);
        startOf(consumer, partitions, since).forEach((partition, offset) -> {
            consumer.seek(partition, read.getOrDefault(partition, offset));
        });
    }

    private static List<TopicPartition> partitions(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.INBOUND).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException("There is no topic " + Topics.INBOUND + " yet");
        }
        return partitions;
    }

    /** The first offset at or after a time, the end where there is none. */
    private static Map<TopicPartition, Long> startOf(
            Consumer<String, byte[]> consumer, List<TopicPartition> partitions, Instant since) {
        Map<TopicPartition, Long> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, since.toEpochMilli()));
        Map<TopicPartition, Long> starts = new HashMap<>(consumer.endOffsets(partitions));
        for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
                consumer.offsetsForTimes(wanted).entrySet()) {
            if (found.getValue() != null) {
                starts.put(found.getKey(), found.getValue().offset());
            }
        }
        return starts;
    }

    private void follow(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> read) {
        List<Waiter> waiting = new ArrayList<>();
        try {
            while (isRunning()) {
                takeWaiters(consumer, waiting);
                consumer.poll(POLL)
                        .forEach(message ->
                                Inbound.of(message).ifPresent(text -> heard.heard(text, message.timestamp())));
                consumer.assignment().forEach(partition -> read.put(partition, consumer.position(partition)));
                heard.forgetBefore(clock.instant().minus(lookBack));
                release(read, waiting);
            }
        } finally {
            waiters.addAll(waiting);
        }
    }

    private void takeWaiters(Consumer<String, byte[]> consumer, List<Waiter> waiting) {
        int before = waiting.size();
        for (Waiter waiter = waiters.poll(); waiter != null; waiter = waiters.poll()) {
            waiting.add(waiter);
        }
        List<Waiter> taken = waiting.subList(before, waiting.size());
        if (!taken.isEmpty()) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            taken.forEach(waiter -> waiter.ends = ends);
        }
    }

    private static void release(Map<TopicPartition, Long> read, List<Waiter> waiting) {
        for (Iterator<Waiter> each = waiting.iterator(); each.hasNext(); ) {
            Waiter waiter = each.next();
            if (waiter.ends.entrySet().stream()
                    .allMatch(end -> read.getOrDefault(end.getKey(), 0L) >= end.getValue())) {
                each.remove();
                waiter.reached.complete(null);
            }
        }
    }

    private void fail(RuntimeException failure) {
        for (Waiter waiter = waiters.poll(); waiter != null; waiter = waiters.poll()) {
            waiter.reached.completeExceptionally(failure);
        }
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public boolean isRunning() {
        return stopped.getCount() > 0;
    }
}

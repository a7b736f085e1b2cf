package org.casewire.notification.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.casewire.events.Topics;
import org.casewire.events.transport.ListenerStart.BeforeListening;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/**
 * Follows {@link Topics#ALERTS}. It is no member of the service's group: every instance needs every alert,
 * because any of them may hold the stream of any user.
 */
@Component
class AlertFollower implements BeforeListening, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(AlertFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ConsumerFactory<String, byte[]> consumers;
    private final AlertStreams streams;
    private final CountDownLatch following = new CountDownLatch(1);
    private volatile boolean started;
    private volatile boolean stopped;

    AlertFollower(ConsumerFactory<String, byte[]> consumers, AlertStreams streams) {
        this.consumers = consumers;
        this.streams = streams;
    }

    @Override
    public String description() {
        return "the end of " + Topics.ALERTS;
    }

    @Override
    public void prepare() throws InterruptedException {
        if (!started) {
            started = true;
            Thread.ofVirtual().name("alert-follower").start(this::followUntilStopped);
        }
        if (!following.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("The alerts cannot be followed yet");
        }
    }

    private void followUntilStopped() {
        while (!stopped) {
            try (Consumer<String, byte[]> consumer = consumers.createConsumer()) {
                Map<TopicPartition, Long> ends = goOn(consumer);
                while (!stopped) {
                    if (following.getCount() > 0 && isAt(consumer, ends)) {
                        following.countDown();
                    }
                    tell(consumer.poll(POLL));
                }
            } catch (RuntimeException failure) {
                log.atWarn()
                        .addKeyValue("topic", Topics.ALERTS)
                        .addKeyValue("failure", failure.getClass().getSimpleName())
                        .log("Following the alerts failed; open streams end and their readers go on elsewhere");
                streams.endAll();
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
    }

    /** Begins a little before the end, so that a page that comes from another instance can be told what it missed. */
    private Map<TopicPartition, Long> goOn(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.ALERTS).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long each = streams.recentMost() / partitions.size();
        long[] from = new long[partitions.size()];
        partitions.forEach(one ->
                from[one.partition()] = Math.max(begins.getOrDefault(one, 0L), ends.getOrDefault(one, 0L) - each));
        Bookmark place = streams.begin(from);
        partitions.forEach(one -> consumer.seek(one, place.next(one.partition())));
        return ends;
    }

    private static boolean isAt(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void tell(ConsumerRecords<String, byte[]> records) {
        List<ConsumerRecord<String, byte[]>> batch = new ArrayList<>(records.count());
        records.forEach(batch::add);
        streams.tell(batch);
    }

    @Override
    public void destroy() {
        stopped = true;
    }
}

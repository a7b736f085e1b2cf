package org.casewire.ingest.sweep;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/**
 * Follows the marks as a member of a group: the partitions the group gives to this instance are its share of the
 * numbers. Every partition is read from its beginning when it comes, since offsets of a state mean nothing.
 */
@Component
class MarksReader implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(MarksReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BEFORE_AGAIN = Duration.ofSeconds(1);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(8);
    private static final int WORTH_A_WARNING = 5;

    private final ConsumerFactory<String, byte[]> consumers;
    private final SweepMarks marks;
    private final Rota rota;
    private final String topic;
    private final String group;
    private volatile CountDownLatch stopped = new CountDownLatch(0);
    private volatile Thread thread = Thread.currentThread();

    MarksReader(
            ConsumerFactory<String, byte[]> consumers,
            SweepMarks marks,
            Rota rota,
            SweepProperties properties,
            @Value("${spring.kafka.consumer.group-id}") String service) {
        this.consumers = consumers;
        this.marks = marks;
        this.rota = rota;
        this.topic = properties.topic();
        this.group = service + "." + topic;
    }

    @Override
    public void start() {
        stopped = new CountDownLatch(1);
        thread = Thread.ofVirtual().name("sweep-marks").start(this::readUntilStopped);
    }

    private void readUntilStopped() {
        for (int failures = 0; isRunning(); failures++) {
            try {
                marks.makeTopic();
                follow();
            } catch (InterruptedException stop) {
                return;
            } catch (ExecutionException | RuntimeException failure) {
                rota.giveUpAll();
                (failures == WORTH_A_WARNING ? log.atWarn() : log.atDebug())
                        .addKeyValue("topic", topic)
                        .addKeyValue("failure", failure.getClass().getSimpleName())
                        .log("The sweeps' marks cannot be read, so nothing is swept; trying until they can");
                pause();
            }
        }
    }

    private void pause() {
        try {
            boolean stop = stopped.await(BEFORE_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            log.atTrace().addKeyValue("stop", stop).log("Looking at the marks again");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        Properties settings = new Properties();
        settings.setProperty(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        try (Consumer<String, byte[]> consumer = consumers.createConsumer(group, null, null, settings)) {
            Share share = new Share(consumer);
            consumer.subscribe(List.of(topic), share);
            while (isRunning()) {
                consumer.poll(POLL)
                        .forEach(message -> rota.heard(message.partition(), message.key(), SweepMarks.read(message)));
                share.noticeEnds();
                rota.startDue();
            }
            rota.giveUpAll();
        }
    }

    /** What the group gives and takes. */
    private final class Share implements ConsumerRebalanceListener {

        private final Consumer<String, byte[]> consumer;
        private final Map<TopicPartition, Long> unread = new HashMap<>();

        Share(Consumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            rota.taken(numbers(partitions), consumer.partitionsFor(topic).size());
            consumer.seekToBeginning(partitions);
            unread.putAll(consumer.endOffsets(partitions));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(unread::remove);
            rota.given(numbers(partitions));
        }

        private static List<Integer> numbers(Collection<TopicPartition> partitions) {
            return partitions.stream().map(TopicPartition::partition).toList();
        }

        void noticeEnds() {
            unread.entrySet().removeIf(end -> {
                boolean isRead = consumer.position(end.getKey()) >= end.getValue();
                if (isRead) {
                    rota.isRead(end.getKey().partition());
                }
                return isRead;
            });
        }
    }

    @Override
    public void stop() {
        stopped.countDown();
        try {
            if (!thread.join(STOPS_WITHIN)) {
                log.atDebug().log("The sweeps' marks are still being read; the group will notice");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return stopped.getCount() > 0;
    }
}

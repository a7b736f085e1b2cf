package org.casewire.notification.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.casewire.events.AlertEvent;
import org.casewire.events.Topics;
import org.casewire.events.transport.EventReader;
import org.casewire.events.transport.ListenerStart.BeforeListening;
import org.casewire.events.transport.Received;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/**
 * Follows {@link Topics#ALERTS} from now on. It is no member of the service's group: every instance needs every alert,
 * because any of them may hold the stream of any user.
 */
@Component
class AlertFollower implements BeforeListening, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(AlertFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ConsumerFactory<String, byte[]> consumers;
    private final EventReader events;
    private final AlertStreams streams;
    private final CountDownLatch following = new CountDownLatch(1);
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private volatile boolean started;
    private volatile boolean stopped;

    AlertFollower(ConsumerFactory<String, byte[]> consumers, EventReader events, AlertStreams streams) {
        this.consumers = consumers;
        this.events = events;
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
                goOn(consumer);
                following.countDown();
                while (!stopped) {
                    tell(consumer.poll(POLL));
                }
            } catch (RuntimeException failure) {
                log.atWarn()
                        .addKeyValue("topic", Topics.ALERTS)
                        .addKeyValue("failure", failure.getClass().getSimpleName())
                        .log("Following the alerts failed; open streams end and their readers load the list again");
                streams.endAll();
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
    }

    private void goOn(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.ALERTS).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.endOffsets(partitions).forEach(positions::putIfAbsent);
        positions.forEach(consumer::seek);
    }

    private void tell(ConsumerRecords<String, byte[]> records) {
        List<ConsumerRecord<String, byte[]>> batch = new ArrayList<>(records.count());
        records.forEach(one -> {
            batch.add(one);
            positions.put(new TopicPartition(one.topic(), one.partition()), one.offset() + 1);
        });
        events.read(batch, AlertEvent.class, this::tell);
    }

    private void tell(List<Received<AlertEvent>> batch) {
        streams.tell(batch.stream()
                .<AlertEvent>mapMulti((received, told) -> {
                    if (received instanceof Received.Arrived<AlertEvent>(AlertEvent event, var problems, var origin)) {
                        told.accept(event);
                    }
                })
                .toList());
    }

    @Override
    public void destroy() {
        stopped = true;
    }
}

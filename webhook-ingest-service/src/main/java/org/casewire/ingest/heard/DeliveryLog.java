package org.casewire.ingest.heard;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.casewire.events.Conversation;
import org.casewire.events.Topics;
import org.casewire.events.transport.TraceParent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/**
 * Follows the tail of {@code sms.delivery} for the traces of texts: of callbacks that another instance answered, or this
 * one before it was started again. Only key and trace of a record are read.
 */
@Component
class DeliveryLog implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DeliveryLog.class);
    private static final Duration POLL = Duration.ofMillis(500);
    /** Nobody waits for it: few large fetches cost the broker and this least. */
    private static final Properties UNHURRIED = new Properties();

    static {
        UNHURRIED.setProperty("fetch.min.bytes", "262144");
        UNHURRIED.setProperty("max.poll.records", "5000");
    }

    private static final int MOST_AT_START = 24_000;
    private static final Duration BEFORE_AGAIN = Duration.ofSeconds(2);

    private final ConsumerFactory<String, byte[]> consumers;
    private final TracesOfTexts traces;
    private final int most;
    private volatile CountDownLatch stopped = new CountDownLatch(0);

    DeliveryLog(ConsumerFactory<String, byte[]> consumers, TracesOfTexts traces, HeardProperties properties) {
        this.consumers = consumers;
        this.traces = traces;
        this.most = Math.min(properties.mostConversations(), MOST_AT_START);
    }

    @Override
    public void start() {
        stopped = new CountDownLatch(1);
        Thread.ofVirtual().name("delivery-log").start(this::readUntilStopped);
    }

    private void readUntilStopped() {
        Map<TopicPartition, Long> read = new HashMap<>();
        while (isRunning()) {
            try (Consumer<String, byte[]> consumer = consumers.createConsumer(null, null, null, UNHURRIED)) {
                begin(consumer, read);
                while (isRunning()) {
                    consumer.poll(POLL).forEach(this::note);
                    consumer.assignment().forEach(partition -> read.put(partition, consumer.position(partition)));
                }
            } catch (InterruptException stop) {
                return;
            } catch (RuntimeException failure) {
                log.atDebug()
                        .addKeyValue("topic", Topics.DELIVERY)
                        .addKeyValue("failure", failure.getClass().getSimpleName())
                        .log("The tail of the log cannot be read; replies to other instances' texts begin traces");
                pause();
            }
        }
    }

    /** The last of the tail, and where it was left the next time. */
    private void begin(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> read) {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.DELIVERY).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        consumer.endOffsets(partitions)
                .forEach((partition, end) -> consumer.seek(
                        partition,
                        read.getOrDefault(
                                partition,
                                Math.max(first.getOrDefault(partition, 0L), end - most / partitions.size()))));
    }

    private void note(ConsumerRecord<String, byte[]> message) {
        Header header = message.headers().lastHeader("traceparent");
        int bar = message.key() == null ? -1 : message.key().indexOf('|');
        if (header == null || header.value() == null || bar < 0) {
            return;
        }
        String trace = TraceParent.valid(new String(header.value(), StandardCharsets.UTF_8));
        if (trace != null) {
            Conversation person = new Conversation(
                    message.key().substring(0, bar), message.key().substring(bar + 1));
            traces.note(person, trace, message.timestamp());
        }
    }

    private void pause() {
        try {
            boolean stop = stopped.await(BEFORE_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            log.atTrace().addKeyValue("stop", stop).log("Looking at the log again");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
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

package org.casewire.ingest.answer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.casewire.events.ConsentEvent.ConsentChanged;
import org.casewire.events.Topics;
import org.casewire.events.transport.EventCodec;
import org.casewire.events.transport.WireJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/** Reads all that is kept of {@code sms.consent} and goes on reading; of no group, since every instance answers. */
@Component
class ConsentLog implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ConsentLog.class);
    private static final String TYPE = EventCodec.typeOf(ConsentChanged.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BEFORE_AGAIN = Duration.ofSeconds(1);

    private final ConsumerFactory<String, byte[]> consumers;
    private final OptedOut optedOut;
    private volatile CountDownLatch stopped = new CountDownLatch(0);

    ConsentLog(ConsumerFactory<String, byte[]> consumers, OptedOut optedOut) {
        this.consumers = consumers;
        this.optedOut = optedOut;
    }

    @Override
    public void start() {
        CountDownLatch until = new CountDownLatch(1);
        stopped = until;
        Thread.ofVirtual().name("consent-log").start(() -> readUntil(until));
    }

    private void readUntil(CountDownLatch until) {
        boolean warned = false;
        while (until.getCount() > 0) {
            try {
                follow(until);
            } catch (InterruptException stop) {
                return;
            } catch (RuntimeException failure) {
                (warned ? log.atDebug() : log.atWarn())
                        .addKeyValue("topic", Topics.CONSENT)
                        .addKeyValue("failure", failure.getClass().getSimpleName())
                        .log("Consent cannot be read from the log; trying until it can");
                warned = true;
                pause(until);
            }
        }
    }

    private static void pause(CountDownLatch until) {
        try {
            boolean stop = until.await(BEFORE_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            log.atTrace().addKeyValue("stop", stop).log("Looking at the log again");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(CountDownLatch until) {
        try (var consumer = consumers.createConsumer()) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.CONSENT).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new IllegalStateException("There is no topic " + Topics.CONSENT + " yet");
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (until.getCount() > 0) {
                consumer.poll(POLL).forEach(this::hear);
            }
        }
    }

    /** What is unreadable becomes a dead letter where it is handled, not here. */
    private void hear(ConsumerRecord<String, byte[]> message) {
        Header type = message.headers().lastHeader("ce_type");
        if (message.value() == null || type == null || !TYPE.equals(new String(type.value(), StandardCharsets.UTF_8))) {
            return;
        }
        try {
            ConsentChanged change =
                    WireJson.read(message.value(), ConsentChanged.class).value();
            if (change != null) {
                optedOut.heard(change);
            }
        } catch (JacksonException | IllegalArgumentException unreadable) {
            log.atDebug().addKeyValue("offset", message.offset()).log("A record of consent cannot be read");
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

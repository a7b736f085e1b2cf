package org.casewire.ingest.durable;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.casewire.events.Event;
import org.casewire.events.transport.EventCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.stereotype.Component;

/** The one way from a webhook to its topic: when {@link #append} has returned, the event outlives this process. */
@Component
@EnableConfigurationProperties(DurabilityProperties.class)
public class DurableLog {

    private static final Logger log = LoggerFactory.getLogger(DurableLog.class);

    private final KafkaOperations<String, byte[]> kafka;
    private final EventCodec codec;
    private final Clock clock;
    private final Duration within;
    private final AtomicBoolean away = new AtomicBoolean();

    DurableLog(KafkaOperations<String, byte[]> kafka, EventCodec codec, Clock clock, DurabilityProperties properties) {
        this.kafka = kafka;
        this.codec = codec;
        this.clock = clock;
        this.within = properties.within();
    }

    /**
     * Returns once every in-sync replica has the event.
     *
     * @throws NotDurable when that is not known in time; the event may then be on its topic or not
     */
    public void append(Event event, String traceParent) {
        ProducerRecord<String, byte[]> message = codec.encode(event, UUID.randomUUID(), clock.instant(), traceParent);
        try {
            awaitAcknowledgement(message);
        } catch (ExecutionException
                | TimeoutException
                | org.springframework.kafka.KafkaException
                | org.apache.kafka.common.KafkaException failure) {
            throw notTaken(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw notTaken(stopped);
        }
        if (away.get() && away.compareAndSet(true, false)) {
            log.atInfo().log("Kafka acknowledges events again");
        }
    }

    private void awaitAcknowledgement(ProducerRecord<String, byte[]> message)
            throws ExecutionException, InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + within.toNanos();
        var acknowledged = kafka.send(message);
        acknowledged.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    /** Says so once, not for each of the thousands that follow. */
    private NotDurable notTaken(Throwable failure) {
        if (away.compareAndSet(false, true)) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            log.atWarn()
                    .addKeyValue("failure", cause.getClass().getSimpleName())
                    .log("Kafka does not acknowledge events; webhooks are answered 503 until it does");
        }
        return new NotDurable(failure);
    }
}

package org.casewire.ingest.durable;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.casewire.events.Event;
import org.casewire.events.transport.EventCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.stereotype.Component;

/** The one way from a webhook to its topic: when {@link #append(Event, String)} has returned, the event outlives this process. */
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
     * Returns once every in-sync replica has the events; all are on their way before the first is waited for.
     *
     * @throws NotDurable when that is not known in time; each of them may then be on its topic or not
     */
    public void append(List<? extends Event> events, String traceParent) {
        try {
            awaitAcknowledgements(events, traceParent);
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

    /** The same for one event. */
    public void append(Event event, String traceParent) {
        append(List.of(event), traceParent);
    }

    private void awaitAcknowledgements(List<? extends Event> events, String traceParent)
            throws ExecutionException, InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + within.toNanos();
        List<CompletableFuture<?>> sent = new ArrayList<>(events.size());
        for (Event event : events) {
            sent.add(kafka.send(codec.encode(event, UUID.randomUUID(), clock.instant(), traceParent)));
        }
        for (CompletableFuture<?> acknowledged : sent) {
            acknowledged.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
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

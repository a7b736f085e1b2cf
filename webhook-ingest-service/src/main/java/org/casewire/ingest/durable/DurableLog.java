package org.casewire.ingest.durable;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.casewire.events.Event;
import org.casewire.events.transport.EventCodec;
import org.casewire.events.transport.Messaging;
import org.casewire.events.transport.tracing.Step;
import org.casewire.events.transport.tracing.Tracing;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.stereotype.Component;

/**
 * The one way from a webhook to its topic: when {@link #append(Event, String)} has returned, the event outlives this
 * process. Kafka has acknowledged it, or it lies on disk until Kafka does.
 */
@Component
public class DurableLog {

    private final ProducerFactory<String, byte[]> producers;
    private final EventCodec codec;
    private final Clock clock;
    private final Duration within;
    private final Availability availability;
    private final Spool spool;
    private final Tracing tracing;
    private final EventIds ids = new EventIds();

    DurableLog(
            ProducerFactory<String, byte[]> producers,
            EventCodec codec,
            Clock clock,
            DurabilityProperties properties,
            Availability availability,
            Spool spool,
            Tracing tracing) {
        this.producers = producers;
        this.codec = codec;
        this.clock = clock;
        this.within = properties.within();
        this.availability = availability;
        this.spool = spool;
        this.tracing = tracing;
    }

    /**
     * Returns once every in-sync replica has the events, or else the disk. None is durable before those it follows.
     *
     * @throws NotDurable when neither is known in time; each of them may then be on its topic or not
     */
    public void append(List<? extends Event> events, String traceParent) {
        List<ProducerRecord<String, byte[]>> messages = new ArrayList<>(events.size());
        for (Event event : events) {
            messages.add(codec.encode(event, ids.next(), clock.instant(), traceParent));
        }
        if (!tracing.isOn()) {
            makeDurable(messages);
            return;
        }
        List<Step> steps = messages.stream()
                .map(message -> Messaging.publishing(tracing, message))
                .toList();
        try {
            boolean spooled = makeDurable(messages);
            steps.forEach(step -> step.with("casewire.spooled", Boolean.toString(spooled)));
        } catch (NotDurable lost) {
            steps.forEach(step -> step.failed(NotDurable.class.getSimpleName()));
            throw lost;
        } finally {
            steps.forEach(Step::close);
        }
    }

    /** Returns whether it took the disk. */
    private boolean makeDurable(List<ProducerRecord<String, byte[]>> messages) {
        boolean spooled = mustWait(messages) || !isTaken(messages);
        if (spooled) {
            spool.append(messages);
        }
        return spooled;
    }

    /** The same for one event. */
    public void append(Event event, String traceParent) {
        append(List.of(event), traceParent);
    }

    /** Whether events that were taken here still wait on disk, so that the topics do not show them yet. */
    public boolean isBehind() {
        return !spool.isEmpty();
    }

    /** What comes after a spooled record of its conversation goes behind it, even when Kafka is back. */
    private boolean mustWait(List<ProducerRecord<String, byte[]>> messages) {
        for (ProducerRecord<String, byte[]> message : messages) {
            if (spool.holds(message.key())) {
                return true;
            }
        }
        return !availability.isThere() && !(spool.isEmpty() && availability.mayTry());
    }

    private boolean isTaken(List<ProducerRecord<String, byte[]>> messages) {
        try {
            awaitAcknowledgements(messages);
            availability.back();
            return true;
        } catch (ExecutionException | TimeoutException | RuntimeException failure) {
            if (isTooLarge(failure)) {
                throw new NotDurable(failure);
            }
            availability.lost(failure);
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new NotDurable(stopped);
        }
    }

    /** Those of one topic are on their way before the first is waited for. */
    private void awaitAcknowledgements(List<ProducerRecord<String, byte[]>> messages)
            throws ExecutionException, InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + within.toNanos();
        List<CompletableFuture<?>> sent = new ArrayList<>(messages.size());
        String topic = messages.isEmpty() ? "" : messages.getFirst().topic();
        for (ProducerRecord<String, byte[]> message : messages) {
            if (!message.topic().equals(topic)) {
                await(sent, deadline);
                topic = message.topic();
            }
            sent.add(sent(message));
        }
        await(sent, deadline);
    }

    /** Closing gives the producer back; a broken one is replaced by the next that asks. */
    private CompletableFuture<?> sent(ProducerRecord<String, byte[]> message) {
        CompletableFuture<RecordMetadata> acknowledged = new CompletableFuture<>();
        try (Producer<String, byte[]> producer = producers.createProducer()) {
            producer.send(message, (place, failure) -> {
                if (failure == null) {
                    acknowledged.complete(place);
                } else {
                    acknowledged.completeExceptionally(failure);
                }
            });
        }
        return acknowledged;
    }

    private static void await(List<CompletableFuture<?>> sent, long deadline)
            throws ExecutionException, InterruptedException, TimeoutException {
        for (CompletableFuture<?> acknowledged : sent) {
            acknowledged.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        sent.clear();
    }

    /** Would be refused again and again, and hold up all that comes behind it. */
    private static boolean isTooLarge(Throwable failure) {
        return failure instanceof RecordTooLargeException
                || failure.getCause() != null && isTooLarge(failure.getCause());
    }
}

package org.casewire.events.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.Event;
import org.casewire.events.transport.tracing.Step;
import org.casewire.events.transport.tracing.Tracing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a batch of records to the feature that handles them.
 *
 * <p>What cannot be read goes to the dead letters with the reason. What fails for a passing reason (database or broker
 * away) is thrown on, and the container tries the whole batch again in place, in order, for as long as it takes. When
 * a batch fails for another reason its records are tried one by one, so that only the poisonous one is put aside.
 * Handlers must therefore be idempotent.
 */
public final class EventReader {

    private static final Logger log = LoggerFactory.getLogger(EventReader.class);

    private final EventCodec codec;
    private final Aside aside;
    private final String group;
    private final Tracing tracing;

    /** @param aside where records go that cannot be handled */
    public EventReader(EventCodec codec, Aside aside, String group) {
        this(codec, aside, group, Tracing.off());
    }

    EventReader(EventCodec codec, Aside aside, String group, Tracing tracing) {
        this.codec = codec;
        this.aside = aside;
        this.group = group;
        this.tracing = tracing;
    }

    /** Takes a record that cannot be read or handled; the ones after it are handled then. */
    public interface Aside {

        /** Returns when the record is safe. */
        void put(ConsumerRecord<String, byte[]> message, String reason, Throwable failure);
    }

    /** Handles a batch; a record with a field that cannot be read is a dead letter. */
    public <E extends Event> void read(
            List<ConsumerRecord<String, byte[]>> records, Class<E> family, Consumer<List<Received<E>>> handler) {
        handle(decode(records, family, true), handler);
    }

    /** Handles a batch; fields that cannot be read are named with the event and left to the handler. */
    public <E extends Event> void readLeniently(
            List<ConsumerRecord<String, byte[]>> records, Class<E> family, Consumer<List<Received<E>>> handler) {
        handle(decode(records, family, false), handler);
    }

    /** @param step the record's own step of its trace, null where none is made */
    private record Decoded<E extends Event>(
            ConsumerRecord<String, byte[]> message,
            Received<E> received,
            @Nullable Step step) {

        void failed(RuntimeException failure) {
            if (step != null) {
                step.failed(failure.getClass().getSimpleName());
            }
        }

        void close() {
            if (step != null) {
                step.close();
            }
        }
    }

    private <E extends Event> List<Decoded<E>> decode(
            List<ConsumerRecord<String, byte[]>> records, Class<E> family, boolean strict) {
        List<Decoded<E>> decoded = new ArrayList<>(records.size());
        for (ConsumerRecord<String, byte[]> message : records) {
            if (isReplayForAnother(message)) {
                continue;
            }
            try {
                Received<E> received = codec.decode(message, family);
                if (strict) {
                    requireNoProblems(received);
                }
                decoded.add(begun(message, received));
            } catch (RuntimeException unreadable) {
                // Nothing outside was asked: whatever it is, the record brought it along and would bring it again.
                aside.put(message, String.valueOf(unreadable.getMessage()), unreadable);
            }
        }
        return decoded;
    }

    private <E extends Event> Decoded<E> begun(ConsumerRecord<String, byte[]> message, Received<E> received) {
        if (!tracing.isOn()) {
            return new Decoded<>(message, received, null);
        }
        String parent = CloudEvent.read(message.headers(), CloudEvent.TRACE_PARENT)
                .map(TraceParent::valid)
                .orElse(null);
        Step step = Messaging.processing(tracing, message, group, parent);
        return new Decoded<>(message, received.continuedIn(step.traceParent()), step);
    }

    private boolean isReplayForAnother(ConsumerRecord<String, byte[]> message) {
        return CloudEvent.read(message.headers(), CloudEvent.REPLAY_FOR)
                .filter(wanted -> !wanted.equals(group))
                .isPresent();
    }

    private static <E extends Event> void requireNoProblems(Received<E> received) {
        if (received instanceof Received.Arrived<E> arrived
                && !arrived.problems().isEmpty()) {
            throw new UnreadableEvent(String.join(
                    "; ", arrived.problems().stream().map(Object::toString).toList()));
        }
    }

    private <E extends Event> void handle(List<Decoded<E>> decoded, Consumer<List<Received<E>>> handler) {
        if (decoded.isEmpty()) {
            return;
        }
        List<Received<E>> all = decoded.stream().map(Decoded::received).toList();
        try (TraceInLogs _ = TraceInLogs.ofAll(all)) {
            handler.accept(all);
        } catch (RuntimeException failure) {
            if (Failures.arePassing(failure)) {
                decoded.forEach(one -> one.failed(failure));
                throw failure;
            }
            log.atDebug().addKeyValue("records", decoded.size()).log("Batch failed, trying its records one by one");
            decoded.forEach(one -> handleAlone(one, handler));
        } finally {
            decoded.forEach(Decoded::close);
        }
    }

    private <E extends Event> void handleAlone(Decoded<E> one, Consumer<List<Received<E>>> handler) {
        List<Received<E>> alone = List.of(one.received());
        try (TraceInLogs _ = TraceInLogs.ofAll(alone)) {
            handler.accept(alone);
        } catch (RuntimeException failure) {
            one.failed(failure);
            if (Failures.arePassing(failure)) {
                throw failure;
            }
            aside.put(one.message(), Failures.reason(failure), failure);
        }
    }
}

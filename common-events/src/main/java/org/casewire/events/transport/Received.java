package org.casewire.events.transport;

import java.time.Instant;
import java.util.List;
import org.casewire.events.Event;
import org.casewire.events.transport.WireJson.Problem;
import org.jspecify.annotations.Nullable;

/** One record of a topic, read. */
public sealed interface Received<E extends Event> {

    Origin origin();

    /** The same, as a step of its trace. */
    Received<E> continuedIn(String step);

    /**
     * An event.
     *
     * @param problems the known fields whose values could not be read and count as absent
     */
    record Arrived<E extends Event>(E event, List<Problem> problems, Origin origin) implements Received<E> {

        @Override
        public Received<E> continuedIn(String step) {
            return new Arrived<>(event, problems, origin.continuedIn(step));
        }
    }

    /** On a compacted topic: whatever this key named is gone. */
    record Tombstone<E extends Event>(String key, Origin origin) implements Received<E> {

        @Override
        public Received<E> continuedIn(String step) {
            return new Tombstone<>(key, origin.continuedIn(step));
        }
    }

    /**
     * Where a record came from.
     *
     * @param id the CloudEvents id, or the record's place when the writer set none
     * @param time the CloudEvents time, else the record's
     * @param traceParent W3C trace context, started here when the writer sent none
     */
    record Origin(
            String id,
            @Nullable String key,
            Instant time,
            String traceParent,
            String topic,
            int partition,
            long offset) {

        Origin continuedIn(String step) {
            return new Origin(id, key, time, step, topic, partition, offset);
        }
    }
}

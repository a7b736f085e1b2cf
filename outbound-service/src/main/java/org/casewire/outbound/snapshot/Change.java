package org.casewire.outbound.snapshot;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.casewire.events.Event;
import org.casewire.events.transport.Received;
import org.casewire.events.transport.Received.Origin;
import org.jspecify.annotations.Nullable;

/**
 * What a batch says of one thing: first gone (when {@code gone} is set), then as in {@code latest} (when that is set).
 * Applied in that order it comes to the same as every record one after the other.
 *
 * @param key the record key the thing is known by
 */
public record Change<E>(
        String key, @Nullable Gone gone, @Nullable Told<E> latest) {

    /**
     * The thing is gone: a snapshot that is not later than {@code at} cannot revive it.
     *
     * @param by the tombstone's place on the log: one that was applied before is not applied again
     */
    public record Gone(String key, Instant at, Origin by) {

        /** The first part of the key. */
        public String site() {
            return key.split("\\|", 2)[0];
        }

        /** What the site knows the thing by. */
        public String id() {
            return key.split("\\|", 2)[1];
        }
    }

    /** The thing as a whole, and where on the log that stands. */
    public record Told<E>(E snapshot, Instant updatedAt, Origin by) {}

    /** How a family of snapshots is read. */
    public interface Reading<F extends Event, E> {

        E snapshot(F event);

        Instant updatedAt(E snapshot);

        /** @throws org.casewire.events.transport.UnreadableEvent when the key of a tombstone names nothing */
        void checkKey(String key);
    }

    /** One change for each thing the batch speaks of, in the order of their keys. */
    public static <F extends Event, E> Collection<Change<E>> of(Collection<Received<F>> batch, Reading<F, E> reading) {
        Map<String, Change<E>> changes = new TreeMap<>();
        for (Received<F> received : batch) {
            switch (received) {
                case Received.Arrived<F>(F event, var problems, var origin) -> {
                    E snapshot = reading.snapshot(event);
                    Told<E> told = new Told<>(snapshot, reading.updatedAt(snapshot), origin);
                    changes.merge(
                            event.key(),
                            new Change<>(event.key(), null, told),
                            (before, after) -> before.followedBy(told));
                }
                case Received.Tombstone<F>(String key, var origin) -> {
                    reading.checkKey(key);
                    Change<E> gone = new Change<>(key, new Gone(key, origin.time(), origin), null);
                    changes.merge(key, gone, (before, after) -> before.goneSince(origin));
                }
            }
        }
        return changes.values();
    }

    /** What is gone, at first or for good. */
    public static <E> List<Gone> gone(Collection<Change<E>> changes) {
        return changes.stream()
                .flatMap(change -> Stream.ofNullable(change.gone()))
                .toList();
    }

    /** What is there in the end. */
    public static <E> List<Told<E>> latest(Collection<Change<E>> changes) {
        return changes.stream()
                .flatMap(change -> Stream.ofNullable(change.latest()))
                .toList();
    }

    private Change<E> followedBy(Told<E> later) {
        boolean overtaken = latest != null && later.updatedAt().isBefore(latest.updatedAt());
        boolean tooOldToRevive =
                latest == null && gone != null && !later.updatedAt().isAfter(gone.at());
        return overtaken || tooOldToRevive ? this : new Change<>(key, gone, later);
    }

    /** The upstream's clock may run ahead: what the tombstone ended must not come back by its own time. */
    private Change<E> goneSince(Origin origin) {
        Instant at = origin.time();
        at = gone != null && gone.at().isAfter(at) ? gone.at() : at;
        at = latest != null && latest.updatedAt().isAfter(at) ? latest.updatedAt() : at;
        return new Change<>(key, new Gone(key, at, origin), null);
    }
}

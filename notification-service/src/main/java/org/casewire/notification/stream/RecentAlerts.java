package org.casewire.notification.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The latest of what was read from the topic of alerts, unread, so that a page that was away is told what it missed.
 * Whoever uses it from several threads locks it.
 */
final class RecentAlerts {

    private final int most;
    private final long[] from;
    private final long[] next;
    private final Deque<ConsumerRecord<String, byte[]>> kept = new ArrayDeque<>();

    /** @param begin where each partition begins to be read */
    RecentAlerts(long[] begin, int most) {
        this.most = most;
        this.from = begin.clone();
        this.next = begin.clone();
    }

    int partitions() {
        return next.length;
    }

    /** Keeps a record; false when it was there before. */
    boolean add(ConsumerRecord<String, byte[]> message) {
        int partition = message.partition();
        if (message.offset() < next[partition]) {
            return false;
        }
        next[partition] = message.offset() + 1;
        kept.addLast(message);
        if (kept.size() > most) {
            ConsumerRecord<String, byte[]> oldest = kept.removeFirst();
            from[oldest.partition()] = oldest.offset() + 1;
        }
        return true;
    }

    Bookmark end() {
        return new Bookmark(next);
    }

    /**
     * Reads the place up to which a page was told, not beyond where this instance is: what was told elsewhere but is not
     * read here yet is told again rather than never. Empty for one that cannot be of this topic.
     */
    Optional<Bookmark> place(String written) {
        Bookmark end = end();
        return Bookmark.read(written, next.length)
                .filter(place -> IntStream.range(0, next.length)
                        .allMatch(partition -> place.next(partition) - next[partition] <= most))
                .map(place -> place.upTo(end));
    }

    /** What came after that place, in the order it came; empty when not all of it is kept. */
    Optional<List<ConsumerRecord<String, byte[]>>> since(Bookmark place) {
        for (int partition = 0; partition < from.length; partition++) {
            if (place.next(partition) < from[partition]) {
                return Optional.empty();
            }
        }
        return Optional.of(kept.stream()
                .filter(message -> message.offset() >= place.next(message.partition()))
                .toList());
    }
}

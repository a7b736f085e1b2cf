package org.casewire.notification.stream;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How far the alerts were read: the offset that comes next in each partition. The id of every event told is the place
 * after it; it means the same at every instance, so that any of them can go on from there.
 */
final class Bookmark {

    private static final int RADIX = 36;
    private static final String BETWEEN = "-";

    private final long[] next;

    Bookmark(long[] next) {
        this.next = next.clone();
    }

    /** Reads what a page brings along; empty when it cannot be a place in a topic of that many partitions. */
    static Optional<Bookmark> read(String written, int partitions) {
        String[] parts = written.strip().split(BETWEEN, -1);
        if (parts.length != partitions) {
            return Optional.empty();
        }
        try {
            long[] next = Arrays.stream(parts)
                    .mapToLong(part -> Long.parseLong(part, RADIX))
                    .toArray();
            return Optional.of(new Bookmark(next));
        } catch (NumberFormatException notOurs) {
            return Optional.empty();
        }
    }

    long next(int partition) {
        return next[partition];
    }

    Bookmark after(int partition, long offset) {
        Bookmark after = new Bookmark(next);
        after.next[partition] = Math.max(next[partition], offset + 1);
        return after;
    }

    /** Not beyond the other. */
    Bookmark upTo(Bookmark other) {
        Bookmark both = new Bookmark(next);
        Arrays.setAll(both.next, partition -> Math.min(next[partition], other.next[partition]));
        return both;
    }

    @Override
    public String toString() {
        return Arrays.stream(next)
                .mapToObj(offset -> Long.toString(offset, RADIX))
                .collect(Collectors.joining(BETWEEN));
    }
}

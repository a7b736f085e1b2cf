package org.casewire.ingest.durable;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Which conversations wait in the spool. Counted by a hash of the key, so that a million of them take no more memory
 * than one; a conversation that shares its count with a waiting one waits as well, which costs it a moment only.
 */
final class Pending {

    private static final int COUNTS = 1 << 16;

    private final AtomicIntegerArray counts = new AtomicIntegerArray(COUNTS);

    void add(String key) {
        counts.incrementAndGet(place(key));
    }

    void remove(String key) {
        counts.decrementAndGet(place(key));
    }

    boolean holds(String key) {
        return counts.get(place(key)) > 0;
    }

    private static int place(String key) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 16) & (COUNTS - 1);
    }
}

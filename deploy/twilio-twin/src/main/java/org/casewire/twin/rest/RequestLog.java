package org.casewire.twin.rest;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.casewire.twin.http.Form;
import org.jspecify.annotations.Nullable;

/** Every REST call since the start, the last hundred thousand of them. */
public final class RequestLog {

    private static final int KEPT = 100_000;

    /** One call; its parameters are kept as they came and read when somebody looks. */
    public static final class Entry {
        private final String method;
        private final String path;
        private final byte[] parameters;
        private final Instant at;
        private volatile @Nullable Integer status;

        private Entry(String method, String path, byte[] parameters, Instant at) {
            this.method = method;
            this.path = path;
            this.parameters = parameters;
            this.at = at;
        }

        void answered(@Nullable Integer httpStatus) {
            this.status = httpStatus;
        }

        String method() {
            return method;
        }

        String path() {
            return path;
        }

        Form parameters() {
            return Form.parse(parameters);
        }

        @Nullable
        Integer status() {
            return status;
        }

        Instant at() {
            return at;
        }
    }

    private final Clock clock;
    private final ConcurrentLinkedDeque<Entry> entries = new ConcurrentLinkedDeque<>();
    private final AtomicInteger size = new AtomicInteger();

    /** Times calls by this clock. */
    public RequestLog(Clock clock) {
        this.clock = clock;
    }

    Entry arrived(String method, String path, byte[] parameters) {
        Entry entry = new Entry(method, path, parameters, clock.instant());
        entries.addLast(entry);
        if (size.incrementAndGet() > KEPT && entries.pollFirst() != null) {
            size.decrementAndGet();
        }
        return entry;
    }

    /** The calls, oldest first. */
    List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Forgets them. */
    public void clear() {
        while (entries.pollFirst() != null) {
            size.decrementAndGet();
        }
    }
}

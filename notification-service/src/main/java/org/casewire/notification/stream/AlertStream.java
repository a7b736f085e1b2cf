package org.casewire.notification.stream;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** One open home page: what waits to be written to it. */
final class AlertStream {

    /** Wakes a reader that waits; never shown. */
    private static final Told END = new Told(0, "", "");

    private final BlockingQueue<Told> waiting;
    private volatile boolean ended;

    AlertStream(int buffer) {
        this.waiting = new ArrayBlockingQueue<>(buffer);
    }

    /**
     * An event as it is told.
     *
     * @param id rises with every event
     * @param document the event as JSON, on one line
     */
    record Told(long id, String event, String document) {}

    /** Hands an event over; a reader that is too slow for it is cut off, it finds everything in the list. */
    void tell(Told told) {
        if (!waiting.offer(told)) {
            end();
        }
    }

    void end() {
        ended = true;
        waiting.offer(END);
    }

    boolean hasEnded() {
        return ended;
    }

    /** The next event, empty when none came in time or the stream ended. */
    Optional<Told> next(Duration atMost) throws InterruptedException {
        return Optional.ofNullable(waiting.poll(atMost.toNanos(), TimeUnit.NANOSECONDS))
                .filter(told -> told != END);
    }
}

package org.casewire.notification.stream;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** One open home page: what waits to be written to it. */
final class AlertStream {

    /** Wakes a reader that waits; never shown. */
    private static final Told END = new Told("", "", "");

    private final BlockingQueue<Told> waiting;
    private volatile boolean ended;

    AlertStream(int buffer) {
        this.waiting = new ArrayBlockingQueue<>(buffer);
    }

    /**
     * An event as it is told.
     *
     * @param id the place after it
     * @param event its name; empty where only the place is told
     * @param document the event as JSON, on one line
     */
    record Told(String id, String event, String document) {

        /** Says that the stream lives and from where it can be gone on with; no event for its reader. */
        static Told place(Bookmark place) {
            return new Told(place.toString(), "", "");
        }

        /** Says that too much was missed to be told: the list must be loaded again. */
        static Told refresh(Bookmark place) {
            return new Told(place.toString(), "Refresh", "{}");
        }

        String text() {
            return event.isEmpty()
                    ? ":\nid: " + id + "\n\n"
                    : "event: " + event + "\nid: " + id + "\ndata: " + document + "\n\n";
        }
    }

    /** Hands an event over; false for a reader that is too slow for it and is cut off: it goes on from its last id. */
    boolean tell(Told told) {
        boolean taken = waiting.offer(told);
        if (!taken) {
            end();
        }
        return taken;
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

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

    private final BlockingQueue<Waiting> waiting;
    private volatile View view;
    private View written;
    private volatile boolean ended;

    /** What its reader is told, and the view of the page from then on; none where it stays. */
    private record Waiting(Told told, Optional<View> view) {}

    /** @param view by what its page's list comes about */
    AlertStream(int buffer, View view) {
        this.waiting = new ArrayBlockingQueue<>(buffer);
        this.view = view;
        this.written = view;
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

        /** The same place, from which the list must be loaded again. */
        Told asRefresh() {
            return new Told(id, "Refresh", "{}");
        }

        /** As it is told to somebody with that view. */
        private Told with(View view) {
            return new Told(id + view, event, document);
        }

        String text() {
            return event.isEmpty()
                    ? ":\nid: " + id + "\n\n"
                    : "event: " + event + "\nid: " + id + "\ndata: " + document + "\n\n";
        }
    }

    /** Hands an event over; false for a reader that is too slow for it and is cut off: it goes on from its last id. */
    boolean tell(Told told) {
        return offer(new Waiting(told, Optional.empty()));
    }

    /** The same, for a page whose list comes about in another way from now on. */
    boolean show(View now, Told told) {
        view = now;
        return offer(new Waiting(told, Optional.of(now)));
    }

    private boolean offer(Waiting next) {
        boolean taken = waiting.offer(next);
        if (!taken) {
            end();
        }
        return taken;
    }

    /** The last one its page was or will be told of. */
    View view() {
        return view;
    }

    void end() {
        ended = true;
        waiting.offer(new Waiting(END, Optional.empty()));
    }

    boolean hasEnded() {
        return ended;
    }

    /** The next event, empty when none came in time or the stream ended; for the one who writes the stream. */
    Optional<Told> next(Duration atMost) throws InterruptedException {
        Waiting next = waiting.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (next == null || next.told() == END) {
            return Optional.empty();
        }
        written = next.view().orElse(written);
        return Optional.of(asWritten(next.told()));
    }

    /** With the view that was told of last; for the one who writes the stream. */
    Told asWritten(Told told) {
        return told.with(written);
    }
}

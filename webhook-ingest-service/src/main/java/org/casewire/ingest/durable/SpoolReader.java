package org.casewire.ingest.durable;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Reads what waits in the spool, oldest first, and forgets what Kafka has. */
final class SpoolReader implements Closeable {

    private static final int MOST_RECORDS = 1_000;
    private static final int MOST_BYTES = 2 * 1024 * 1024;

    private final Segments segments;
    private final Waiting waiting;
    private final Progress progress;
    private final SpoolMeters meters;
    private final LongConsumer freed;
    private @Nullable Reading reading;

    /** The file that is being read. */
    private record Reading(Segment segment, Frames frames) {}

    SpoolReader(Segments segments, Waiting waiting, Progress progress, SpoolMeters meters, LongConsumer freed) {
        this.segments = segments;
        this.waiting = waiting;
        this.progress = progress;
        this.meters = meters;
        this.freed = freed;
    }

    /** Waits until there are records and returns the oldest; all of them are to be replayed before the next call. */
    List<Spooled> next() throws InterruptedException, IOException {
        List<Spooled> window = new ArrayList<>();
        while (window.isEmpty()) {
            Reading current = current();
            long end = current.segment().end();
            fill(window, current.frames(), end);
            if (window.isEmpty() && !segments.growsBeyond(current.segment(), end)) {
                close();
                freed.accept(current.segment().end());
            }
        }
        waiting.oldestCame(window.getFirst().came());
        return window;
    }

    private Reading current() throws InterruptedException, IOException {
        Reading current = reading;
        if (current == null) {
            Segment first = segments.first();
            Progress.Place replayed = progress.replayed();
            long from = replayed.segment() == first.id ? replayed.offset() : 0;
            current = new Reading(first, new Frames(first.file, from));
            reading = current;
        }
        return current;
    }

    private static void fill(List<Spooled> window, Frames frames, long end) throws IOException {
        long from = frames.position();
        while (window.size() < MOST_RECORDS && frames.position() - from < MOST_BYTES) {
            Spooled next = frames.next(end);
            if (next == null) {
                return;
            }
            window.add(next);
        }
    }

    /** Kafka has these, the first of what {@link #next()} returned. */
    void replayed(List<Spooled> records) {
        Reading current = reading;
        if (records.isEmpty() || current == null) {
            return;
        }
        records.forEach(one -> waiting.removed(one.message().key()));
        waiting.oldestCame(records.getLast().came());
        meters.replayed(records.size());
        progress.write(
                new Progress.Place(current.segment().id, records.getLast().until()));
    }

    @Override
    public void close() throws IOException {
        if (reading != null) {
            reading.frames().close();
            reading = null;
        }
    }
}

package org.casewire.ingest.durable;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** The files of the spool in their order: one thread writes to the last, another reads the first and removes it. */
final class Segments implements Closeable {

    /** How long a file that is read to its end waits for more before it is removed. */
    private static final long IDLE_MILLIS = 1_000;

    private final SpoolFolder folder;
    private final long segmentBytes;
    private final Deque<Segment> files = new ArrayDeque<>();
    private long lastId;

    /** @param lastId no new file has this number or a lower one */
    Segments(SpoolFolder folder, long segmentBytes, long lastId) {
        this.folder = folder;
        this.segmentBytes = segmentBytes;
        this.lastId = lastId;
    }

    /** A file of an earlier process. */
    synchronized void add(Segment found) {
        files.add(found);
        lastId = Math.max(lastId, found.id);
    }

    /**
     * Returns once the disk has them all.
     *
     * @throws IOException when it has none of them
     */
    synchronized void append(ByteBuffer[] frames) throws IOException {
        Segment segment = writable();
        try {
            segment.append(frames);
        } catch (IOException failure) {
            if (segment.end() == 0) {
                files.remove(segment);
                segment.remove();
            }
            throw failure;
        }
        notifyAll();
    }

    private Segment writable() throws IOException {
        Segment last = files.peekLast();
        if (last != null && !last.isClosed() && last.end() < segmentBytes) {
            return last;
        }
        if (last != null) {
            last.close();
        }
        Segment next = folder.newSegment(lastId + 1);
        lastId = next.id;
        files.add(next);
        return next;
    }

    /** Waits until there is a file. */
    synchronized Segment first() throws InterruptedException {
        while (files.isEmpty()) {
            wait();
        }
        return files.getFirst();
    }

    /** Whether the first file grows beyond what was read of it; if it does not, it is removed. */
    synchronized boolean growsBeyond(Segment first, long read) throws InterruptedException, IOException {
        if (first.end() == read && !first.isClosed() && first == files.peekLast()) {
            wait(IDLE_MILLIS);
        }
        if (first.end() > read) {
            return true;
        }
        files.remove(first);
        first.remove();
        return false;
    }

    /** When nothing in them waits any more. */
    synchronized void remove() throws IOException {
        for (Segment segment : files) {
            segment.remove();
        }
        files.clear();
    }

    @Override
    public synchronized void close() throws IOException {
        for (Segment segment : files) {
            segment.close();
        }
    }
}

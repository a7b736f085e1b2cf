package org.casewire.ingest.durable;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what many webhooks append at the same time with one sync of the disk. It has a thread of its own: whoever
 * waits may be interrupted, and an interrupt would close the file.
 */
final class GroupCommit implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);
    private static final int MOST_AT_ONCE = 1_000;
    private static final Append END = new Append(List.of());

    private final Segments segments;
    private final SpoolMeters meters;
    private final LinkedBlockingQueue<Append> queue = new LinkedBlockingQueue<>();
    private final Thread writer =
            Thread.ofPlatform().name("spool-writer").daemon().unstarted(this::write);
    private boolean failing;

    /** The records of one webhook: all of them are kept or none is. */
    private record Append(List<ByteBuffer> frames, CompletableFuture<Void> done) {
        Append(List<ByteBuffer> frames) {
            this(frames, new CompletableFuture<>());
        }
    }

    GroupCommit(Segments segments, SpoolMeters meters) {
        this.segments = segments;
        this.meters = meters;
        writer.start();
    }

    /** Completes when the disk has the frames, exceptionally when it does not. */
    CompletableFuture<Void> append(List<ByteBuffer> frames) {
        Append append = new Append(frames);
        queue.add(append);
        if (!writer.isAlive()) {
            refuse(List.of(append), new IOException("The spool is closed"));
        }
        return append.done();
    }

    private void write() {
        boolean open = true;
        while (open) {
            List<Append> batch = nextBatch();
            open = !batch.remove(END);
            commit(batch);
        }
        List<Append> late = new ArrayList<>();
        queue.drainTo(late);
        refuse(late, new IOException("The spool is closed"));
    }

    private List<Append> nextBatch() {
        List<Append> batch = new ArrayList<>();
        while (batch.isEmpty()) {
            try {
                batch.add(queue.take());
                queue.drainTo(batch, MOST_AT_ONCE);
            } catch (InterruptedException notMeantForThisThread) {
                // Whoever asks this thread to end says so with END.
            }
        }
        return batch;
    }

    private void commit(List<Append> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            ByteBuffer[] frames =
                    batch.stream().flatMap(append -> append.frames().stream()).toArray(ByteBuffer[]::new);
            meters.timeCommit(() -> segments.append(frames));
            failing = false;
            batch.forEach(append -> append.done().complete(null));
        } catch (IOException | RuntimeException failure) {
            refuse(batch, failure);
            tell(failure);
        }
    }

    private static void refuse(List<Append> batch, Exception failure) {
        batch.forEach(append -> append.done().completeExceptionally(failure));
    }

    /** Says so once, not for each of the thousands that follow. */
    private void tell(Exception failure) {
        if (!failing) {
            failing = true;
            log.atError()
                    .addKeyValue("failure", String.valueOf(failure.getMessage()))
                    .log("The spool cannot be written: webhooks are answered 503 while Kafka is away."
                            + " Make room on its disk, or repair it");
        }
    }

    /** Writes what is queued, then ends. */
    @Override
    public void close() {
        queue.add(END);
        try {
            writer.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

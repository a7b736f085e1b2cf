package org.casewire.ingest.durable;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps records on disk, in the order they came, until Kafka has them: files that are only added to, a checksum for
 * each record, a sync of the disk before anybody is told that a record is safe.
 */
final class Spool implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(Spool.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Clock clock;
    private final SpoolFolder folder;
    private final Progress progress;
    private final Segments segments;
    private final Waiting waiting;
    private final SpoolMeters meters;
    private final GroupCommit commit;
    private final AtomicBoolean warned = new AtomicBoolean();
    private final AtomicBoolean full = new AtomicBoolean();

    /**
     * Opens what is there: cuts off what a crash left unfinished at the end of a file, and counts the rest.
     *
     * @throws SpoolUnusable when the directory cannot be written
     */
    static Spool open(SpoolProperties properties, Clock clock, MeterRegistry registry) {
        SpoolFolder folder = SpoolFolder.take(properties.directory());
        try {
            return new Spool(folder, properties, clock, registry);
        } catch (IOException failure) {
            throw new SpoolUnusable(properties.directory(), failure);
        }
    }

    private Spool(SpoolFolder folder, SpoolProperties properties, Clock clock, MeterRegistry registry)
            throws IOException {
        this.clock = clock;
        this.folder = folder;
        this.waiting = new Waiting(clock, properties.maxSize().toBytes());
        this.meters = new SpoolMeters(registry, waiting);
        this.progress = folder.progress();
        Progress.Place replayed = progress.replayed();
        this.segments = new Segments(folder, properties.segmentBytes(), replayed.segment());
        folder.takeOver(replayed.segment());
        new Recovery(replayed, segments, waiting, meters).of(folder.segments());
        this.commit = new GroupCommit(segments, meters);
    }

    /** Whether records of this conversation wait, so that what comes now must wait behind them. */
    boolean holds(String key) {
        return waiting.holds(key);
    }

    boolean isEmpty() {
        return waiting.records() == 0;
    }

    /**
     * Returns once the disk has all of them.
     *
     * @throws NotDurable when the spool is full, or the disk fails
     */
    void append(List<ProducerRecord<String, byte[]>> messages) {
        Instant now = clock.instant();
        List<ByteBuffer> frames =
                messages.stream().map(message -> Frame.of(message, now)).toList();
        long size = frames.stream().mapToLong(ByteBuffer::remaining).sum();
        requireRoom(size);
        messages.forEach(message -> waiting.added(message.key(), now));
        CompletableFuture<Void> kept = commit.append(frames).whenComplete((done, failure) -> {
            if (failure != null) {
                messages.forEach(message -> waiting.removed(message.key()));
                waiting.freed(size);
            }
        });
        await(kept);
        meters.appended(messages.size());
    }

    /** What is written after the time is up is replayed all the same: whoever sent it may send it again. */
    private void await(CompletableFuture<Void> kept) {
        try {
            kept.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            meters.failed();
            throw new NotDurable(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new NotDurable(stopped);
        }
    }

    private void requireRoom(long size) {
        if (!waiting.reserve(size)) {
            meters.full();
            if (full.compareAndSet(false, true)) {
                log.atError()
                        .addKeyValue("records", waiting.records())
                        .addKeyValue("maxBytes", waiting.maxBytes())
                        .log("The spool is full: webhooks are answered 503 until Kafka is back."
                                + " Bring Kafka back, or raise casewire.ingest.spool.max-size");
            }
            throw new NotDurable(null);
        }
        if (waiting.bytes() > waiting.maxBytes() / 2 && warned.compareAndSet(false, true)) {
            log.atWarn()
                    .addKeyValue("records", waiting.records())
                    .addKeyValue("maxBytes", waiting.maxBytes())
                    .log("The spool is half full: bring Kafka back before it is full");
        }
    }

    /** What waits, to be read by one thread. */
    SpoolReader reader() {
        return new SpoolReader(segments, waiting, progress, meters, this::freed);
    }

    private void freed(long bytes) {
        waiting.freed(bytes);
        if (waiting.bytes() <= waiting.maxBytes() / 2) {
            warned.set(false);
            full.set(false);
        }
    }

    /** Keeps for a person what Kafka will never take. */
    void setAside(Spooled refused) throws IOException {
        folder.setAside(Frame.of(refused.message(), refused.came()));
        meters.setAside();
    }

    @Override
    public void close() throws IOException {
        commit.close();
        if (isEmpty()) {
            segments.remove();
        }
        segments.close();
        progress.close();
        folder.close();
    }
}

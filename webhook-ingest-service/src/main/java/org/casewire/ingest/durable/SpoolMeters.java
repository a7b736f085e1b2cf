package org.casewire.ingest.durable;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** What an operator sees of the spool; all of it is there from the start, so that an alarm can be set on a rise. */
final class SpoolMeters {

    private final Timer commit;
    private final Counter appended;
    private final Counter replayed;
    private final Counter full;
    private final Counter failed;
    private final Counter damaged;
    private final Counter setAside;

    /** Something that writes. */
    interface Writing {
        void run() throws IOException;
    }

    SpoolMeters(MeterRegistry meters, Waiting waiting) {
        Gauge.builder("casewire.spool.records", waiting, Waiting::records)
                .description("Events that wait on disk for Kafka")
                .register(meters);
        Gauge.builder("casewire.spool.age", waiting, now -> now.age().toMillis() / 1e3)
                .description("For how long the oldest of them has waited")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("casewire.spool.size", waiting, Waiting::bytes)
                .description("What the spool takes of its disk")
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder("casewire.spool.max.size", waiting, Waiting::maxBytes)
                .description("What it may take")
                .baseUnit("bytes")
                .register(meters);
        commit = meters.timer("casewire.spool.commit");
        appended = meters.counter("casewire.spool.appended");
        replayed = meters.counter("casewire.spool.replayed");
        full = meters.counter("casewire.spool.refused", "reason", "FULL");
        failed = meters.counter("casewire.spool.refused", "reason", "DISK");
        damaged = meters.counter("casewire.spool.damaged", "what", "bytes");
        setAside = meters.counter("casewire.spool.set.aside");
    }

    void timeCommit(Writing write) throws IOException {
        long began = System.nanoTime();
        write.run();
        commit.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }

    void appended(int records) {
        appended.increment(records);
    }

    void replayed(int records) {
        replayed.increment(records);
    }

    void full() {
        full.increment();
    }

    void failed() {
        failed.increment();
    }

    void damaged(long bytes) {
        damaged.increment(bytes);
    }

    void setAside() {
        setAside.increment();
    }
}

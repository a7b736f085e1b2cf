package org.casewire.outbound.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.casewire.outbound.message.DueSignal;
import org.casewire.outbound.message.Progress;
import org.casewire.outbound.message.Report;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.stereotype.Component;

/**
 * Writes down what came of the calls, many in one transaction. What Twilio said is not given up while the process
 * lives: with the database away it is tried again until it is written.
 */
@Component
class Recorder {

    private static final Logger log = LoggerFactory.getLogger(Recorder.class);
    private static final int BATCH = 500;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);

    /** When reports come in numbers, fewer than that wait so long for more: each transaction has its price. */
    private static final int WORTHWHILE = 64;

    private static final Duration GATHERING = Duration.ofMillis(3);

    private final Progress progress;
    private final OnTheWay onTheWay;
    private final DueSignal due;
    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
    private boolean crowded;
    private volatile boolean closing;
    private volatile Thread writer = Thread.currentThread();

    Recorder(Progress progress, OnTheWay onTheWay, DueSignal due) {
        this.progress = progress;
        this.onTheWay = onTheWay;
        this.due = due;
    }

    void put(Report report) {
        reports.add(report);
    }

    void start() {
        closing = false;
        writer = Thread.ofPlatform().name("recorder").start(this::writeUntilClosed);
    }

    /** Writes what is left and stops. */
    void close() throws InterruptedException {
        closing = true;
        writer.join(Duration.ofSeconds(10));
    }

    private void writeUntilClosed() {
        while (!closing || !reports.isEmpty()) {
            List<Report> batch = next();
            if (!batch.isEmpty()) {
                write(batch);
                onTheWay.written(batch);
                due.raise();
            }
        }
    }

    private List<Report> next() {
        List<Report> batch = new ArrayList<>();
        try {
            Report first = reports.poll(50, TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                reports.drainTo(batch, BATCH - 1);
                if (crowded && batch.size() < WORTHWHILE) {
                    LockSupport.parkNanos(GATHERING.toNanos());
                    reports.drainTo(batch, BATCH - batch.size());
                }
                crowded = batch.size() > 1;
            }
        } catch (InterruptedException stopped) {
            closing = true;
        }
        return batch;
    }

    private void write(List<Report> batch) {
        for (boolean written = false; !written; ) {
            try {
                progress.apply(batch);
                written = true;
            } catch (NonTransientDataAccessException refused) {
                batch.forEach(this::writeAlone);
                written = true;
            } catch (RuntimeException away) {
                log.atWarn()
                        .addKeyValue("failure", away.getClass().getSimpleName())
                        .log("What Twilio answered is not written yet; trying again");
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            }
        }
    }

    private void writeAlone(Report report) {
        try {
            progress.apply(List.of(report));
        } catch (RuntimeException failure) {
            log.atError()
                    .setCause(failure)
                    .addKeyValue("messageId", report.message().messageId())
                    .log("What Twilio answered could not be written; its callback or the lease's end will settle it");
        }
    }
}

package org.casewire.routing.document;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.casewire.events.worker.Worker;
import org.casewire.routing.document.Jobs.Waiting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Fetches files as they become due, a bounded number at once, each on a virtual thread of its own: a slow one takes a
 * place and nothing else. Any number of instances share the work.
 */
@Component
class Fetchers extends Worker {

    private static final Logger log = LoggerFactory.getLogger(Fetchers.class);
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(15);
    private static final Duration TO_END = Duration.ofSeconds(3);

    private final Jobs jobs;
    private final FileWork work;
    private final AfterCommit.Bell bell;
    private final DocumentProperties settings;
    private final Clock clock;
    private final Semaphore places;
    private volatile Waiting waiting = new Waiting(0, Duration.ZERO);
    private Instant counted = Instant.MIN;

    Fetchers(
            Jobs jobs,
            FileWork work,
            AfterCommit afterCommit,
            DocumentProperties settings,
            Clock clock,
            MeterRegistry meters) {
        super("files", "Received files wait for the database; trying again until it answers");
        this.jobs = jobs;
        this.work = work;
        this.bell = afterCommit.fetching();
        this.settings = settings;
        this.clock = clock;
        this.places = new Semaphore(settings.parallel());
        meters.gauge("casewire.documents.waiting", this, fetchers -> fetchers.waiting.files());
        meters.gauge(
                "casewire.documents.waiting.oldest.seconds",
                this,
                fetchers -> fetchers.waiting.oldest().toSeconds());
    }

    @Override
    protected void turn() throws InterruptedException {
        count();
        if (!takeSome()) {
            rest();
        }
    }

    @Override
    protected void rest() throws InterruptedException {
        bell.await(settings.lookAgain().toMillis());
    }

    /** Starts on as many files as there are places; returns whether there may be more that are due. */
    private boolean takeSome() throws InterruptedException {
        places.acquire();
        int free = 1 + places.drainPermits();
        int taken = 0;
        try {
            List<Job> due = jobs.claim(free, clock.instant());
            for (Job job : due) {
                Thread.ofVirtual().name("file").start(() -> workAndLeave(job));
                taken++;
            }
        } finally {
            places.release(free - taken);
        }
        return taken == free;
    }

    private void workAndLeave(Job job) {
        try {
            work.work(job);
        } catch (RuntimeException failure) {
            log.atDebug()
                    .addKeyValue("documentId", job.documentId())
                    .addKeyValue("failure", failure.getClass().getSimpleName())
                    .log("What became of a file could not be written down; it is tried again when its lease ends");
        } finally {
            places.release();
        }
    }

    private void count() {
        Instant now = clock.instant();
        if (counted.isBefore(now.minus(BETWEEN_COUNTS))) {
            waiting = jobs.waiting(now);
            counted = now;
        }
    }

    @Override
    public void stop() {
        super.stop();
        try {
            if (places.tryAcquire(settings.parallel(), TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
                places.release(settings.parallel());
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}

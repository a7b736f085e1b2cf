package org.casewire.routing.conversation;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.casewire.events.worker.Worker;
import org.casewire.routing.search.Unindexed;
import org.springframework.stereotype.Component;

/**
 * Follows behind what is stored: at once when there is little, and while texts keep coming a small part of the time, so
 * that filing keeps the machine.
 */
@Component
class Indexer extends Worker {

    /** For what other instances stored and left. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** How long it gives way, by how long it worked, when texts came meanwhile. */
    private static final int GIVES_WAY = 9;

    private final Indexing indexing;
    private final Semaphore news;

    Indexer(Indexing indexing, Unindexed unindexed) {
        super("indexer", "Texts are not to be found by their words yet; trying again until it succeeds");
        this.indexing = indexing;
        this.news = unindexed.news();
    }

    @Override
    protected void turn() throws InterruptedException {
        news.drainPermits();
        long began = System.nanoTime();
        if (!indexing.next()) {
            news.tryAcquire(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        } else if (news.availablePermits() > 0) {
            TimeUnit.NANOSECONDS.sleep(GIVES_WAY * (System.nanoTime() - began));
        }
    }

    @Override
    protected void rest() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
    }
}

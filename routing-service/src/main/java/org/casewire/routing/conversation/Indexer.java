package org.casewire.routing.conversation;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.casewire.routing.search.Unindexed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Follows behind what is stored: at once when there is little, and while texts keep coming a small part of the time, so
 * that filing keeps the machine.
 */
@Component
class Indexer implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Indexer.class);

    /** For what other instances stored and left. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** How long it gives way, by how long it worked, when texts came meanwhile. */
    private static final int GIVES_WAY = 9;

    private final Indexing indexing;
    private final Semaphore news;
    private volatile boolean running;
    private volatile Thread worker = Thread.currentThread();

    Indexer(Indexing indexing, Unindexed unindexed) {
        this.indexing = indexing;
        this.news = unindexed.news();
    }

    @Override
    public void start() {
        running = true;
        worker = Thread.ofVirtual().name("indexer").start(this::run);
    }

    private void run() {
        boolean warned = false;
        while (running) {
            try {
                news.drainPermits();
                long began = System.nanoTime();
                if (!indexing.next()) {
                    news.tryAcquire(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
                } else if (news.availablePermits() > 0) {
                    TimeUnit.NANOSECONDS.sleep(GIVES_WAY * (System.nanoTime() - began));
                }
                warned = false;
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException failure) {
                (warned ? log.atDebug() : log.atWarn())
                        .addKeyValue("failure", failure.getClass().getSimpleName())
                        .log("Texts are not to be found by their words yet; trying again until it succeeds");
                warned = true;
                news.drainPermits();
                pause();
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
        worker.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

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
 * Follows behind what is stored: at once when there is little, and at half its pace when there is much, so that filing
 * keeps most of the machine.
 */
@Component
class Indexer implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Indexer.class);

    /** For what other instances stored and left. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

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
                long began = System.nanoTime();
                if (indexing.next()) {
                    TimeUnit.NANOSECONDS.sleep(System.nanoTime() - began);
                } else {
                    news.tryAcquire(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
                    news.drainPermits();
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

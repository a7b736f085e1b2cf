package org.casewire.events.retention;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.casewire.events.retention.OldTexts.Place;
import org.casewire.events.retention.OldTexts.Slice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes the words of texts that are older than their site keeps them: now and then, a few in a transaction, one instance
 * at a time. Where it stopped is nowhere kept: what still has its words and is old is found again.
 */
public final class TextRetention implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TextRetention.class);

    /** Any number will do, as long as all instances use the same one. */
    private static final String BECOME_ERASER = "SELECT pg_try_advisory_xact_lock(" + 0x6f6c6474657874L + ")";

    private static final Slice NOTHING = new Slice(0, null);

    private final KeptTexts kept;
    private final List<OldTexts> kinds;
    private final TextsProperties properties;
    private final JdbcTemplate jdbc;
    private final TransactionOperations transactions;
    private final MeterRegistry meters;
    private volatile boolean running;
    private volatile Thread worker = Thread.currentThread();

    TextRetention(
            KeptTexts kept,
            List<OldTexts> kinds,
            TextsProperties properties,
            JdbcTemplate jdbc,
            TransactionOperations transactions,
            MeterRegistry meters) {
        this.kept = kept;
        this.kinds = kinds;
        this.properties = properties;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.meters = meters;
        kinds.forEach(kind -> count(kind, 0));
    }

    /** Looks at all sites once; returns how many texts lost their words. */
    public int eraseWhatIsOld() {
        int erased = 0;
        for (String site : kept.sites()) {
            Instant until = kept.oldUntil(site).orElse(null);
            if (until != null) {
                erased += kinds.stream()
                        .mapToInt(kind -> erase(kind, site, until))
                        .sum();
            }
        }
        return erased;
    }

    private int erase(OldTexts kind, String site, Instant until) {
        int erased = 0;
        Place place = Place.BEGINNING;
        while (place != null && !Thread.currentThread().isInterrupted()) {
            Slice slice = slice(kind, site, until, place);
            count(kind, slice.erased());
            erased += slice.erased();
            place = slice.last();
        }
        if (erased > 0) {
            log.atInfo()
                    .addKeyValue("site", site)
                    .addKeyValue("kind", kind.kind())
                    .addKeyValue("count", erased)
                    .addKeyValue("until", until)
                    .log("Texts older than their site keeps them lost their words");
        }
        return erased;
    }

    private Slice slice(OldTexts kind, String site, Instant until, Place after) {
        Slice slice = transactions.execute(
                transaction -> Boolean.TRUE.equals(jdbc.queryForObject(BECOME_ERASER, Boolean.class))
                        ? kind.erase(site, until, after, properties.batch())
                        : NOTHING);
        return slice == null ? NOTHING : slice;
    }

    private void count(OldTexts kind, int erased) {
        meters.counter("casewire.texts.erased", "kind", kind.kind()).increment(erased);
    }

    @Override
    public void start() {
        running = true;
        worker = Thread.ofPlatform().name("text-retention").start(this::lookUntilStopped);
    }

    private void lookUntilStopped() {
        boolean warned = false;
        while (running) {
            LockSupport.parkNanos(properties.every().toNanos());
            try {
                if (running) {
                    eraseWhatIsOld();
                }
                warned = false;
            } catch (RuntimeException failure) {
                (warned || !running ? log.atDebug() : log.atWarn())
                        .addKeyValue("failure", failure.getClass().getSimpleName())
                        .log("Old texts still have their words; trying again until the database answers");
                warned = true;
            }
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

package org.casewire.events.retention;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.casewire.events.retention.OldTexts.Place;
import org.casewire.events.retention.OldTexts.Slice;
import org.casewire.events.worker.Worker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes the words of texts that are older than their site keeps them: now and then, a few in a transaction, one instance
 * at a time. Where it stopped is nowhere kept: what still has its words and is old is found again.
 */
public final class TextRetention extends Worker {

    private static final Logger log = LoggerFactory.getLogger(TextRetention.class);

    /** Any number will do, as long as all instances use the same one. */
    private static final String BECOME_ERASER = "SELECT pg_try_advisory_xact_lock(" + 0x6f6c6474657874L + ")";

    private final KeptTexts kept;
    private final List<OldTexts> kinds;
    private final TextsProperties properties;
    private final JdbcTemplate jdbc;
    private final TransactionOperations transactions;
    private final MeterRegistry meters;

    TextRetention(
            KeptTexts kept,
            List<OldTexts> kinds,
            TextsProperties properties,
            JdbcTemplate jdbc,
            TransactionOperations transactions,
            MeterRegistry meters) {
        super("text-retention", "Old texts still have their words; trying again until the database answers");
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
            place = slice.seen() < properties.batch() ? null : slice.last();
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
                        : Slice.NOTHING);
        return slice == null ? Slice.NOTHING : slice;
    }

    private void count(OldTexts kind, int erased) {
        meters.counter("casewire.texts.erased", "kind", kind.kind()).increment(erased);
    }

    @Override
    protected void turn() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(properties.every().toNanos());
        eraseWhatIsOld();
    }

    /** Every turn begins with one. */
    @Override
    protected void rest() {}
}

package org.casewire.ingest.quarantine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps refused webhooks, sealed and for a while, without ever standing in the way of a genuine one: how many are kept
 * is bounded by the minute, by number and by size, and writing them is no request's work.
 */
@Service
public class Quarantine implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Quarantine.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int WAITING = 256;

    private final Seal seal;
    private final QuarantineLog topic;
    private final QuarantineProperties properties;
    private final Clock clock;
    private final Shelf shelf;
    private final Budget budget;
    private final Counter kept;
    private final Counter dropped;
    private final ThreadPoolExecutor writer;
    private volatile boolean running;

    Quarantine(Seal seal, QuarantineLog topic, QuarantineProperties properties, Clock clock, MeterRegistry meters) {
        this.seal = seal;
        this.topic = topic;
        this.properties = properties;
        this.clock = clock;
        this.shelf = new Shelf(properties.entriesPerSite(), properties.size().toBytes());
        this.budget = new Budget(properties.perMinute());
        this.kept = meters.counter("casewire.quarantine.kept");
        this.dropped = meters.counter("casewire.quarantine.dropped");
        this.writer = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofVirtual().name("quarantine-", 0).factory());
    }

    /**
     * Keeps a webhook unless too many are kept already.
     *
     * @param reason why it is refused, or would be
     * @param taken whether it is let in all the same
     * @param plausible whether it names the site's own account
     */
    public void put(Arrival arrival, String reason, boolean taken, boolean plausible) {
        Instant now = clock.instant();
        if (!budget.allows(arrival.site(), plausible, now)) {
            dropped.increment();
            return;
        }
        String id = newId(arrival.at());
        Kept sealed = new Kept(
                id,
                arrival.site(),
                arrival.kind(),
                arrival.at(),
                reason,
                taken ? Kept.State.TAKEN : Kept.State.REFUSED,
                plausible,
                seal.keyName(),
                seal.seal(JSON.writeValueAsBytes(arrival), place(arrival.site(), id)),
                null,
                null);
        kept.increment();
        keep(sealed);
    }

    private void keep(Kept sealed) {
        shelf.put(sealed);
        try {
            writer.execute(() -> append(sealed));
        } catch (RejectedExecutionException full) {
            dropped.increment();
        }
    }

    private void append(Kept sealed) {
        try {
            topic.append(sealed);
        } catch (RuntimeException away) {
            log.atDebug()
                    .addKeyValue("failure", away.getClass().getSimpleName())
                    .log("A refused webhook is kept in this instance's memory only");
        }
    }

    private static String newId(Instant at) {
        return "%012x".formatted(at.toEpochMilli())
                + HexFormat.of()
                        .toHexDigits(ThreadLocalRandom.current().nextLong())
                        .substring(0, 12);
    }

    private static String place(String site, String id) {
        return site + '|' + id;
    }

    /** What is kept of a site, the newest first. */
    public List<Kept> list(String site, Optional<String> cursor, Predicate<Kept> wanted, int limit) {
        shelf.dropBefore(clock.instant().minus(properties.keep()));
        return shelf.list(site, cursor, wanted, limit);
    }

    /** One of them, empty when it is not there, or not any more. */
    public Optional<Kept> find(String site, String id) {
        shelf.dropBefore(clock.instant().minus(properties.keep()));
        return shelf.find(site, id);
    }

    /** What was kept; empty when another key sealed it. */
    public Optional<Arrival> open(Kept sealed) {
        return seal.open(sealed.sealed(), place(sealed.site(), sealed.id()))
                .map(open -> JSON.readValue(open, Arrival.class));
    }

    /** Notes that it was let in. */
    public Kept replayed(Kept sealed, String by) {
        Kept replayed = sealed.replayed(by, clock.instant());
        keep(replayed);
        return replayed;
    }

    @Override
    public void start() {
        running = true;
        topic.follow(shelf::put);
    }

    @Override
    public void stop() {
        running = false;
        topic.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

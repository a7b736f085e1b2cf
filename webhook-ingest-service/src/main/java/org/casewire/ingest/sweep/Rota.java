package org.casewire.ingest.sweep;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.casewire.events.site.Sites;
import org.casewire.events.site.TwilioCredentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What is to be swept by this instance, and when: the numbers and pools whose partition it holds. One sweep of a
 * number runs at a time. Its methods are called by the one thread that follows the marks; the sweeps run beside it.
 */
@Component
class Rota {

    private static final Logger log = LoggerFactory.getLogger(Rota.class);
    private static final int MOST_AT_ONCE = 8;
    private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
    private static final Duration HAND_OVER = Duration.ofSeconds(5);

    private final Sites sites;
    private final TwilioCredentials credentials;
    private final Sweeper sweeper;
    private final SweepMarks marks;
    private final SweepProperties properties;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Map<Integer, Share> shares = new ConcurrentHashMap<>();
    private final Map<Duty, Thread> running = new ConcurrentHashMap<>();
    private final Map<String, Plan> plans = new ConcurrentHashMap<>();
    private volatile int partitions = 1;

    Rota(
            Sites sites,
            TwilioCredentials credentials,
            Sweeper sweeper,
            SweepMarks marks,
            SweepProperties properties,
            Clock clock,
            MeterRegistry meters) {
        this.sites = sites;
        this.credentials = credentials;
        this.sweeper = sweeper;
        this.marks = marks;
        this.properties = properties;
        this.clock = clock;
        this.meters = meters;
        Gauge.builder("casewire.sweep.numbers", this, rota -> rota.duties().count())
                .description("Numbers and pools that this instance sweeps")
                .register(meters);
        Gauge.builder("casewire.sweep.lag.seconds", this, Rota::lag)
                .description("How far the number that is furthest behind is behind")
                .register(meters);
        Gauge.builder("casewire.sweep.asked", this, rota -> rota.asked().count())
                .description("Sweeps that operators asked for and that are not done")
                .register(meters);
    }

    /** A partition that is this instance's. */
    private static final class Share {
        private final Turn turn;
        private final Map<String, Sweep> sweeps = new ConcurrentHashMap<>();
        private volatile boolean isRead;

        Share(Turn turn) {
            this.turn = turn;
        }
    }

    /** When a sweep runs next, and how often in a row it has failed. */
    private record Plan(Instant next, int failures) {}

    void taken(Collection<Integer> mine, int ofAll) {
        partitions = ofAll;
        mine.forEach(partition ->
                shares.put(partition, new Share(new Turn(() -> (double) shares.size() / partitions))));
    }

    /** Everything on the partition is known, so that it can be acted on. */
    void isRead(int partition) {
        Share share = shares.get(partition);
        if (share != null) {
            share.isRead = true;
        }
    }

    void heard(int partition, String key, Optional<Sweep> sweep) {
        Share share = shares.get(partition);
        if (share != null) {
            sweep.ifPresentOrElse(
                    now -> share.sweeps.merge(
                            key, now, (before, after) -> after.through().isBefore(before.through()) ? before : after),
                    () -> {
                        share.sweeps.remove(key);
                        plans.remove(key);
                    });
        }
    }

    /** Returns when nothing of these partitions is being swept any more, or soon. */
    void given(Collection<Integer> partitionsOfOthers) {
        List<Turn> ended = new ArrayList<>();
        partitionsOfOthers.forEach(
                partition -> Optional.ofNullable(shares.remove(partition)).ifPresent(share -> ended.add(share.turn)));
        ended.forEach(Turn::end);
        Instant patience = clock.instant().plus(HAND_OVER);
        running.forEach((duty, thread) -> {
            if (partitionsOfOthers.contains(duty.partition(partitions))) {
                join(thread, Duration.between(clock.instant(), patience));
            }
        });
    }

    private static void join(Thread thread, Duration atMost) {
        try {
            if (atMost.isPositive() && !thread.join(atMost)) {
                log.atDebug().log("A sweep that is over is still waiting for Twilio; it will publish nothing");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    void giveUpAll() {
        given(List.copyOf(shares.keySet()));
    }

    /** Starts what is due. */
    void startDue() {
        Instant now = clock.instant();
        Map<Duty, List<Sweep>> wanted = new HashMap<>();
        duties().forEach(duty ->
                wanted.computeIfAbsent(duty, unknown -> new ArrayList<>()).add(forEver(duty, now)));
        asked().forEach(sweep -> wanted.computeIfAbsent(sweep.duty(), unknown -> new ArrayList<>())
                .add(sweep));
        wanted.forEach((duty, sweeps) -> sweeps.stream()
                .filter(sweep -> !plan(sweep).next().isAfter(now))
                .min(Comparator.comparing(sweep -> plan(sweep).next()))
                .ifPresent(this::start));
    }

    private Plan plan(Sweep sweep) {
        return plans.getOrDefault(sweep.key(), new Plan(Instant.EPOCH, 0));
    }

    private Stream<Duty> duties() {
        return sites.all().stream()
                .filter(site -> credentials.of(site.site()).isPresent())
                .flatMap(site -> Duty.of(site).stream())
                .filter(duty -> shareOf(duty).isPresent());
    }

    private Stream<Sweep> asked() {
        return shares.values().stream()
                .filter(share -> share.isRead)
                .flatMap(share -> share.sweeps.values().stream())
                .filter(Sweep::isAsked);
    }

    private Optional<Share> shareOf(Duty duty) {
        return Optional.ofNullable(shares.get(duty.partition(partitions))).filter(share -> share.isRead);
    }

    private Sweep forEver(Duty duty, Instant now) {
        Instant first = now.minus(properties.settle()).minus(properties.firstLookBack());
        return shareOf(duty)
                .map(share -> share.sweeps.computeIfAbsent(duty.key(), key -> Sweep.forEver(duty, first, now)))
                .orElseGet(() -> Sweep.forEver(duty, first, now));
    }

    private double lag() {
        Instant now = clock.instant();
        return duties().flatMap(duty -> shareOf(duty).stream().map(share -> share.sweeps.get(duty.key())))
                .filter(Objects::nonNull)
                .mapToDouble(sweep -> Duration.between(sweep.through(), now).toSeconds())
                .max()
                .orElse(0);
    }

    private void start(Sweep sweep) {
        Duty duty = sweep.duty();
        Optional<Share> share = shareOf(duty);
        if (share.isEmpty() || running.containsKey(duty) || running.size() >= MOST_AT_ONCE) {
            return;
        }
        Thread thread = Thread.ofVirtual().name("sweep").unstarted(() -> {
            try {
                sweep(sweep, share.get());
            } finally {
                running.remove(duty);
            }
        });
        running.put(duty, thread);
        thread.start();
    }

    private void sweep(Sweep sweep, Share share) {
        try {
            sweeper.run(sweep, share.turn, now -> {
                share.sweeps.put(now.key(), now);
                return now;
            });
            finished(share.sweeps.getOrDefault(sweep.key(), sweep), share);
        } catch (Turn.Over over) {
            log.atDebug().log("The number is another instance's now");
        } catch (RuntimeException failure) {
            failed(sweep, share, failure);
        }
    }

    private void finished(Sweep sweep, Share share) {
        meters.counter("casewire.sweep.runs", "outcome", "done").increment();
        if (sweep.isDone()) {
            drop(sweep, share);
            log.atInfo()
                    .addKeyValue("site", sweep.site())
                    .addKeyValue("sweepId", sweep.id())
                    .log("A sweep that was asked for is done");
            return;
        }
        Instant now = clock.instant();
        Instant next = now.plus(sweep.isAsked() ? properties.askedInterval() : properties.interval());
        Instant until = sweep.until();
        // Does not wait for the timer with what is wanted now and only has to settle.
        Instant settled = until == null ? next : until.plus(properties.settle()).plusSeconds(1);
        plans.put(sweep.key(), new Plan(settled.isBefore(next) ? settled : next, 0));
    }

    private void drop(Sweep sweep, Share share) {
        // What was written before the tombstone may only now be read back.
        plans.put(sweep.key(), new Plan(Instant.MAX, 0));
        marks.remove(sweep);
        share.sweeps.remove(sweep.key());
    }

    private void failed(Sweep sweep, Share share, RuntimeException failure) {
        meters.counter("casewire.sweep.runs", "outcome", "failed").increment();
        Instant now = clock.instant();
        int failures = plan(sweep).failures() + 1;
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, 10));
        Duration longest = properties.interval();
        plans.put(sweep.key(), new Plan(now.plus(wait.compareTo(longest) < 0 ? wait : longest), failures));
        (failures == 2 ? log.atWarn() : log.atDebug())
                .addKeyValue("site", sweep.site())
                .addKeyValue("failure", described(failure))
                .log("A number cannot be swept for missed texts; trying until it can");
        if (sweep.isHopeless(now)) {
            log.atError()
                    .addKeyValue("site", sweep.site())
                    .addKeyValue("sweepId", sweep.id())
                    .log("A sweep that was asked for is given up after a week of failures; ask for it again");
            drop(sweep, share);
        }
    }

    /** Only our own words: others quote what was asked for, and that holds numbers. */
    private static String described(RuntimeException failure) {
        return failure instanceof CannotSweep || failure instanceof IllegalStateException
                ? String.valueOf(failure.getMessage())
                : failure.getClass().getSimpleName();
    }
}

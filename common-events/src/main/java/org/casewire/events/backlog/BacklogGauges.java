package org.casewire.events.backlog;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.casewire.events.rows.Columns;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Counts what waits, now and then rather than when it is asked for: however many look, the database is asked once. While
 * it does not answer the gauges have no value.
 */
final class BacklogGauges implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(BacklogGauges.class);

    private final JdbcTemplate jdbc;
    private final List<Backlog> backlogs;
    private final Duration poll;
    private final Clock clock;
    private final Map<String, Reading> readings = new ConcurrentHashMap<>();
    private final Set<String> untold = new HashSet<>();
    private @Nullable ScheduledExecutorService worker;

    BacklogGauges(JdbcTemplate jdbc, List<Backlog> backlogs, Duration poll, MeterRegistry meters, Clock clock) {
        this.jdbc = jdbc;
        this.backlogs = backlogs;
        this.poll = poll;
        this.clock = clock;
        backlogs.forEach(backlog -> register(backlog, meters));
    }

    private void register(Backlog backlog, MeterRegistry meters) {
        String queue = backlog.queue();
        Gauge.builder("casewire.backlog", this, gauges -> gauges.waiting(queue))
                .description("How many wait in a table, counted up to " + Backlog.MOST)
                .tag("queue", queue)
                .register(meters);
        backlog.reasons()
                .forEach(reason -> Gauge.builder("casewire.backlog.reasons", this, one -> one.waiting(queue, reason))
                        .description("How many of them wait for this reason")
                        .tags("queue", queue, "reason", reason)
                        .register(meters));
        if (backlog.hasAge()) {
            Gauge.builder("casewire.backlog.age", this, gauges -> gauges.age(queue))
                    .description("Since when the oldest of them is due")
                    .baseUnit("seconds")
                    .tag("queue", queue)
                    .register(meters);
        }
    }

    /** @param reasons how many wait for each, those that nothing waits for left out */
    private record Reading(long waiting, @Nullable Instant oldest, Map<String, Long> reasons) {}

    private double waiting(String queue) {
        Reading reading = readings.get(queue);
        return reading == null ? Double.NaN : reading.waiting();
    }

    private double waiting(String queue, String reason) {
        Reading reading = readings.get(queue);
        return reading == null ? Double.NaN : reading.reasons().getOrDefault(reason, 0L);
    }

    /** 0 while nothing waits, or what waits is not due yet. */
    private double age(String queue) {
        Reading reading = readings.get(queue);
        if (reading == null) {
            return Double.NaN;
        }
        Instant oldest = reading.oldest();
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1_000.0);
    }

    void read() {
        for (Backlog backlog : backlogs) {
            try {
                readings.put(backlog.queue(), reading(backlog));
                untold.remove(backlog.queue());
            } catch (DataAccessException away) {
                readings.remove(backlog.queue());
                (untold.add(backlog.queue()) ? log.atWarn() : log.atDebug())
                        .addKeyValue("queue", backlog.queue())
                        .addKeyValue("failure", away.getClass().getSimpleName())
                        .log("What waits could not be counted");
            }
        }
    }

    private Reading reading(Backlog backlog) {
        Map<String, Long> reasons = new HashMap<>();
        List<Instant> oldest = new ArrayList<>();
        List<Long> counts = jdbc.query(backlog.sql(), (row, number) -> {
            long waiting = row.getLong("waiting");
            Instant since = backlog.hasAge() ? Columns.timeOrNull(row, "oldest") : null;
            if (since != null) {
                oldest.add(since);
            }
            if (!backlog.reasons().isEmpty()) {
                reasons.put(String.valueOf(row.getString("reason")), waiting);
            }
            return waiting;
        });
        return new Reading(
                counts.stream().mapToLong(Long::longValue).sum(),
                oldest.stream().min(Comparator.naturalOrder()).orElse(null),
                reasons);
    }

    @Override
    public void start() {
        worker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("backlog").factory());
        worker.scheduleWithFixedDelay(this::read, 0, poll.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        if (worker != null) {
            worker.shutdownNow();
            worker = null;
        }
    }

    @Override
    public boolean isRunning() {
        return worker != null;
    }
}

package org.casewire.ingest.sweep;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a number, or a Service's pool, has been looked at. The one without an end goes on for ever; the others are
 * what an operator asked for. Its JSON is what stands on the topic.
 *
 * @param id empty for the one that goes on for ever
 * @param from never looks back further
 * @param through everything up to here was published
 * @param until done when it is through; null for ever
 * @param since when it was begun
 */
record Sweep(
        String site,
        String address,
        String id,
        Instant from,
        Instant through,
        @Nullable Instant until,
        Instant since) {

    /** An asked one that fails for longer than this after its end is given up. */
    private static final Duration PATIENCE = Duration.ofDays(7);

    Sweep {
        Objects.requireNonNull(site);
        Objects.requireNonNull(address);
        Objects.requireNonNull(id);
        Objects.requireNonNull(from);
        Objects.requireNonNull(through);
        Objects.requireNonNull(since);
    }

    static Sweep forEver(Duty duty, Instant from, Instant now) {
        return new Sweep(duty.site(), duty.address(), "", from, from, null, now);
    }

    static Sweep asked(Duty duty, String id, Instant from, Instant until, Instant now) {
        return new Sweep(duty.site(), duty.address(), id, from, from, until, now);
    }

    Duty duty() {
        return new Duty(site, address);
    }

    boolean isAsked() {
        return until != null;
    }

    /** What its record on the topic is called. */
    String key() {
        return id.isEmpty() ? duty().key() : duty().key() + '|' + id;
    }

    /** Twilio tells whole seconds, so that is what is asked for. */
    Instant start(Duration overlap) {
        Instant back = through.minus(overlap);
        return (back.isBefore(from) ? from : back).truncatedTo(ChronoUnit.SECONDS);
    }

    Instant end(Instant settled) {
        Instant whole = settled.truncatedTo(ChronoUnit.SECONDS);
        return until == null || whole.isBefore(until) ? whole : roundedUp(until);
    }

    private static Instant roundedUp(Instant time) {
        Instant whole = time.truncatedTo(ChronoUnit.SECONDS);
        return whole.equals(time) ? whole : whole.plusSeconds(1);
    }

    Sweep reached(Instant time) {
        return time.isAfter(through) ? new Sweep(site, address, id, from, time, until, since) : this;
    }

    boolean isDone() {
        return until != null && !through.isBefore(until);
    }

    boolean isHopeless(Instant now) {
        return until != null && now.isAfter((until.isAfter(since) ? until : since).plus(PATIENCE));
    }
}

package org.casewire.notification;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The tests' clock: it runs until a test sets it. */
@Component
public class SettableClock extends Clock {

    private volatile Optional<Instant> set = Optional.empty();
    private volatile Duration ahead = Duration.ZERO;

    public void set(String instant) {
        set = Optional.of(Instant.parse(instant));
    }

    public void run() {
        runAhead(Duration.ZERO);
    }

    /** Runs on, that much ahead of what it is. */
    public void runAhead(Duration by) {
        ahead = by;
        set = Optional.empty();
    }

    @Override
    public Instant instant() {
        return set.orElseGet(() -> Instant.now().plus(ahead));
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
    }
}

package org.casewire.notification;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The tests' clock: it runs until a test sets it. */
@Component
public class SettableClock extends Clock {

    private volatile Optional<Instant> set = Optional.empty();

    public void set(String instant) {
        set = Optional.of(Instant.parse(instant));
    }

    public void run() {
        set = Optional.empty();
    }

    @Override
    public Instant instant() {
        return set.orElseGet(Instant::now);
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

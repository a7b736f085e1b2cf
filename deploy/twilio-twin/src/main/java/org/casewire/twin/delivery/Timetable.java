package org.casewire.twin.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What happens when: by this clock and scheduler, with this much time between sent and delivered. */
public record Timetable(Clock clock, ScheduledExecutorService scheduler, Duration carrierDelay) {

    Instant now() {
        return clock.instant();
    }

    void at(Instant time, Runnable step) {
        scheduler.schedule(step, Duration.between(now(), time).toNanos(), TimeUnit.NANOSECONDS);
    }

    /** After the time a carrier takes; without any, at once. */
    void afterCarrier(Runnable step) {
        if (carrierDelay.isZero()) {
            step.run();
        } else {
            at(now().plus(carrierDelay), step);
        }
    }
}

package org.casewire.twin.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What happens when: a step that is due is taken at once, a later one by the scheduler. */
public record Timetable(Clock clock, ScheduledExecutorService scheduler, Duration carrierDelay) {

    Instant now() {
        return clock.instant();
    }

    void at(Instant time, Runnable step) {
        after(Duration.between(now(), time), step);
    }

    /** After the time between sent and delivered. */
    void afterCarrier(Runnable step) {
        after(carrierDelay, step);
    }

    private void after(Duration delay, Runnable step) {
        if (delay.isPositive()) {
            scheduler.schedule(step, delay.toNanos(), TimeUnit.NANOSECONDS);
        } else {
            step.run();
        }
    }
}

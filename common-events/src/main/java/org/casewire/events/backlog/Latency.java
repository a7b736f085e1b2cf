package org.casewire.events.backlog;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;

/** How long people wait from one end of a step to the other, over all services that it takes. */
public final class Latency {

    private final Timer timer;

    private Latency(Timer timer) {
        this.timer = timer;
    }

    /** @param step such as {@code request-delivered} */
    public static Latency of(MeterRegistry meters, String step) {
        return new Latency(Timer.builder("casewire.latency")
                .description("From one end of a step to the other, queues and other services included")
                .tag("step", step)
                .serviceLevelObjectives(
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(2500),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(5),
                        Duration.ofHours(1))
                .register(meters));
    }

    /** Clocks of two machines may differ; nothing ends before it began. */
    public void record(Instant from, Instant to) {
        timer.record(to.isBefore(from) ? Duration.ZERO : Duration.between(from, to));
    }
}

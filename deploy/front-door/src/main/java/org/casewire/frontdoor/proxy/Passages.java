package org.casewire.frontdoor.proxy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.casewire.frontdoor.tracing.Step;
import org.casewire.frontdoor.tracing.Tracing;

/** Watches what passes: by whom it was answered, how, and how long it took until the answer began. */
final class Passages {

    static final String NO_REASON = "none";

    /** Who asked left before there was an answer: as other proxies tell it. */
    private static final int LEFT = 499;

    private final MeterRegistry meters;
    private final Tracing tracing;
    private final Map<Answer, Timer> timers = new ConcurrentHashMap<>();

    private record Answer(String service, String status, String reason) {}

    Passages(MeterRegistry meters, Tracing tracing, Semaphore places, int most) {
        this.meters = meters;
        this.tracing = tracing;
        Gauge.builder("casewire.front.door.open", places, free -> most - free.availablePermits())
                .description("Requests and streams that are open")
                .register(meters);
        Gauge.builder("casewire.front.door.places", () -> most)
                .description("How many may be open at once")
                .register(meters);
    }

    /** A request that a service is asked. */
    Passage to(Service service, HttpServletRequest request) {
        return new Passage(service.label(), tracing.begin(request, service.label()));
    }

    /** A request that the front door answers itself. */
    Passage here(String who) {
        return new Passage(who, Step.none());
    }

    private void count(Answer answer, Duration took) {
        timers.computeIfAbsent(answer, this::timer).record(took);
    }

    private Timer timer(Answer answer) {
        return Timer.builder("casewire.front.door.requests")
                .description("How long it took until an answer began")
                .tags("service", answer.service(), "status", answer.status(), "reason", answer.reason())
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(2500),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60))
                .register(meters);
    }

    /** One request on its way. */
    final class Passage implements AutoCloseable {

        private final String service;
        private final Step step;
        private final long began = System.nanoTime();
        private boolean answered;

        private Passage(String service, Step step) {
            this.service = service;
            this.step = step;
        }

        /** The request's step of its trace, as the service is told of it. */
        Step step() {
            return step;
        }

        void answered(int status, String reason) {
            if (answered) {
                return;
            }
            answered = true;
            step.answered(status, reason);
            count(
                    new Answer(service, status == LEFT ? "left" : status / 100 + "xx", reason),
                    Duration.ofNanos(System.nanoTime() - began));
        }

        @Override
        public void close() {
            answered(LEFT, NO_REASON);
        }
    }
}

package org.casewire.events.site;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often Twilio is asked for something, how long it takes to answer, and what it answers. */
public final class TwilioTimes {

    private static final String NO_CODE = "none";
    private static final int SERVER_ERRORS = 500;
    private static final int REFUSALS = 400;

    private final MeterRegistry meters;
    private final String operation;
    private final Map<Answer, Timer> timers = new ConcurrentHashMap<>();

    private record Answer(String outcome, String code) {}

    private TwilioTimes(MeterRegistry meters, String operation) {
        this.meters = meters;
        this.operation = operation;
    }

    /**
     * Failures are known before the first of them, or it would not be seen as one more.
     *
     * @param operation what is asked of it, such as {@code send}
     */
    public static TwilioTimes of(MeterRegistry meters, String operation) {
        TwilioTimes times = new TwilioTimes(meters, operation);
        times.timers.computeIfAbsent(new Answer("NeverSent", NO_CODE), times::timer);
        times.timers.computeIfAbsent(new Answer("Unknown", NO_CODE), times::timer);
        return times;
    }

    /**
     * Counts one call.
     *
     * @param outcome {@code Accepted} or {@code Told}, {@code Refused}, {@code NeverSent}, {@code Unknown}
     * @param code Twilio's error code, {@code HTTP} and the status where it named none, or {@code none}
     */
    public void record(String outcome, String code, Duration took) {
        timers.computeIfAbsent(new Answer(outcome, code), this::timer).record(took);
    }

    /** Counts one call that came to an HTTP status. */
    public void record(int status, Duration took) {
        if (status < REFUSALS) {
            record("Told", NO_CODE, took);
        } else {
            record(status < SERVER_ERRORS ? "Refused" : "Unknown", "HTTP " + status, took);
        }
    }

    private Timer timer(Answer answer) {
        return Timer.builder("casewire.twilio.calls")
                .description("How long Twilio took to answer")
                .tags("operation", operation, "outcome", answer.outcome(), "code", answer.code())
                .serviceLevelObjectives(
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(2500),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30))
                .register(meters);
    }
}

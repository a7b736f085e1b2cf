package org.casewire.ingest.durable;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether Kafka is worth waiting for. */
final class Availability {

    private static final Logger log = LoggerFactory.getLogger(Availability.class);
    private static final long BETWEEN_TRIES = Duration.ofSeconds(1).toNanos();

    private final AtomicReference<State> state = new AtomicReference<>(State.STARTING);
    private final AtomicLong nextTry = new AtomicLong();

    private enum State {
        /** The topics are not known to be there: nothing may be written, lest the broker make them its own way. */
        STARTING,
        THERE,
        AWAY
    }

    Availability(MeterRegistry meters) {
        Gauge.builder("casewire.kafka.away", state, now -> now.get() == State.THERE ? 0 : 1)
                .description("1 while events go to the spool without waiting for Kafka")
                .register(meters);
    }

    boolean isThere() {
        return state.get() == State.THERE;
    }

    /** The topics are there. */
    void started() {
        state.compareAndSet(State.STARTING, State.THERE);
    }

    /** Kafka did not take a record; says so once, not for each of the thousands that follow. */
    void lost(Throwable failure) {
        nextTry.set(System.nanoTime() + BETWEEN_TRIES);
        if (state.compareAndSet(State.THERE, State.AWAY)) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            log.atWarn()
                    .addKeyValue("failure", cause.getClass().getSimpleName())
                    .log("Kafka does not acknowledge events; they go to the spool until it does");
        }
    }

    /** Kafka took a record. */
    void back() {
        if (state.compareAndSet(State.AWAY, State.THERE)) {
            log.atInfo().log("Kafka acknowledges events again");
        }
    }

    /** Whether one of those who ask should find out if Kafka is back, because nobody else does. */
    boolean mayTry() {
        long now = System.nanoTime();
        long due = nextTry.get();
        return state.get() == State.AWAY && now - due >= 0 && nextTry.compareAndSet(due, now + BETWEEN_TRIES);
    }
}

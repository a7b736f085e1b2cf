package org.casewire.bench.outbound;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.casewire.bench.stand.Figure;
import org.casewire.bench.stand.Quantiles;

/** How long a text takes when nothing else is on its way. */
final class Idle {

    private static final int WARM_UP = 200;
    private static final int SHORTEST_PAUSE_MILLIS = 20;
    private static final int LONGEST_PAUSE_MILLIS = 150;
    private static final double MOST_MILLIS = 50;

    private Idle() {}

    static Result measure(Stage stage, int messages) throws Exception {
        int until = WARM_UP + messages;
        Instant[] asked = new Instant[until];
        try (Outcomes outcomes = new Outcomes(stage.stack().kafka(), until, 1);
                Upstream upstream = stage.upstream(0)) {
            Progress progress = new Progress();
            for (int number = 0; number < until; number++) {
                asked[number] = upstream.askFor(number);
                Outcomes.await("accepted", outcomes::accepted, number + 1, Duration.ofMillis(1), progress);
                pause();
            }
            Calls calls = stage.twin().calls();
            List<Double> took = new ArrayList<>();
            for (int number = WARM_UP; number < until; number++) {
                took.add(calls.millisAfter(asked[number], number));
            }
            Quantiles latency = Quantiles.of(took);
            return new Result(
                    "idle",
                    "%,d texts one at a time, after %,d to warm up".formatted(messages, WARM_UP),
                    List.of(
                            Figure.of("request on Kafka -> call at the twin, p50", latency.p50(), "ms"),
                            Figure.atMost(
                                    "request on Kafka -> call at the twin, p99", latency.p99(), "ms", MOST_MILLIS),
                            Figure.of("request on Kafka -> call at the twin, worst", latency.max(), "ms")),
                    List.of(),
                    Map.of(),
                    Map.of(),
                    stage.mistakes(0, until, outcomes),
                    List.of(),
                    List.of());
        }
    }

    /** By chance, so that requests do not fall into step with a poll. */
    private static void pause() {
        int millis = RandomGenerator.getDefault().nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
        LockSupport.parkNanos(millis * 1_000_000L);
    }
}

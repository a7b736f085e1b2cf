package org.casewire.bench.outbound;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.casewire.bench.stand.Figure;
import org.casewire.bench.stand.Quantiles;

/** How late texts leave that become due while many others wait. */
record Due(int rows, int messages, Quantiles late, Quantiles claim, int claims, Map<String, Integer> mistakes) {

    private static final int WARM_UP = 1_000;
    private static final int WARM_PER_SECOND = 200;
    private static final int PER_SECOND = 50;
    private static final Duration LEAD = Duration.ofSeconds(3);
    private static final double MOST_RATIO = 1.2;
    private static final double MOST_CLAIM_MILLIS = 20;

    /** Measures with few and then with many waiting, in the same processes. */
    static List<Result> measure(Stage stage, int few, int many, int messages) throws Exception {
        Database database = stage.database();
        try (Outcomes outcomes = new Outcomes(stage.stack().kafka(), 2 * (WARM_UP + messages), 1)) {
            load(stage, database, 0, few);
            database.logDurations(1);
            Due small = measure(stage, outcomes, 0, few, messages);
            load(stage, database, few, many);
            Due great = measure(stage, outcomes, WARM_UP + messages, many, messages);
            return List.of(small.result(List.of()), great.result(great.against(small)));
        }
    }

    private static void load(Stage stage, Database database, int from, int until) throws Exception {
        Progress.say("  putting far texts into the tables: %,d of %,d".formatted(until - from, until));
        String[] people = IntStream.range(0, stage.contacts())
                .mapToObj(stage.texts()::contact)
                .toArray(String[]::new);
        database.loadScheduled(from, until, people);
    }

    private static Due measure(Stage stage, Outcomes outcomes, int from, int rows, int messages) throws Exception {
        int begin = from + WARM_UP;
        int until = begin + messages;
        ask(stage, from, begin, WARM_PER_SECOND);
        Outcomes.await("accepted", outcomes::accepted, begin, Duration.ofMillis(20), new Progress());
        StatementLog log = new StatementLog(stage.stack().log("postgres"));
        Instant first = ask(stage, begin, until, PER_SECOND);
        Outcomes.await("accepted", outcomes::accepted, until, Duration.ofMillis(20), new Progress());
        Calls calls = stage.twin().calls();
        List<Double> late = new ArrayList<>();
        for (int number = begin; number < until; number++) {
            late.add(calls.millisAfter(sendAt(first, number - begin, PER_SECOND), number));
        }
        List<Double> claims = log.claims();
        return new Due(
                rows,
                messages,
                Quantiles.of(late),
                Quantiles.of(claims),
                claims.size(),
                stage.mistakes(0, until, outcomes));
    }

    /** Asks for texts that become due one after the other; returns when the first one does. */
    private static Instant ask(Stage stage, int from, int until, int perSecond) {
        Instant first = stage.clock().instant().plus(LEAD).truncatedTo(ChronoUnit.MILLIS);
        try (Upstream upstream = stage.upstream(0)) {
            upstream.askForAll(from, until, number -> sendAt(first, number - from, perSecond));
        }
        return first;
    }

    private static Instant sendAt(Instant first, int index, int perSecond) {
        return first.plusMillis(index * 1_000L / perSecond);
    }

    Result result(List<Figure> more) {
        List<Figure> figures = new ArrayList<>(List.of(
                Figure.of("sendAt -> call at the twin, p50", late.p50(), "ms"),
                Figure.of("sendAt -> call at the twin, p99", late.p99(), "ms"),
                Figure.of("sendAt -> call at the twin, worst", late.max(), "ms"),
                Figure.of("the claim in PostgreSQL (%,d of them), p50".formatted(claims), claim.p50(), "ms"),
                Figure.atMost("the claim in PostgreSQL, p99", claim.p99(), "ms", MOST_CLAIM_MILLIS)));
        figures.addAll(more);
        return new Result(
                "scheduled-" + rows,
                "%,d texts that become due, %d a second, while %,d far ones wait".formatted(messages, PER_SECOND, rows),
                figures,
                List.of(),
                Map.of(),
                Map.of(),
                mistakes,
                List.of(),
                List.of());
    }

    /** How much more it costs than with fewer waiting. */
    List<Figure> against(Due small) {
        return List.of(
                Figure.atMost(
                        "the claim's p50 against the one with %,d waiting".formatted(small.rows()),
                        claim.p50() / small.claim().p50(),
                        "times",
                        MOST_RATIO),
                Figure.of(
                        "the claim's p99 against it",
                        claim.p99() / small.claim().p99(),
                        "times"),
                Figure.atMost(
                        "sendAt -> call, p99 against it",
                        late.p99() / small.late().p99(),
                        "times",
                        MOST_RATIO));
    }
}

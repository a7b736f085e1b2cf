package org.casewire.bench.outbound;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.casewire.bench.stand.Cpu;
import org.casewire.bench.stand.Figure;
import org.casewire.bench.stand.Profile;

/** Asks for many texts at once and measures how fast they get through. */
final class Flood {

    private static final double WINDOW_SECONDS = 10;
    private static final int LINGER_MILLIS = 5;
    private static final double LOGGED_SHARE = 0.05;

    /** Whoever measures takes little of the processors: it looks rarely and reads much at once. */
    private static final Duration GLANCE = Duration.ofMillis(20);

    private static final int GATHERED_BYTES = 100_000;

    private final Stage stage;
    private final Options options;
    private final String part;
    private final int messages;
    private final int warmUp;

    Flood(Stage stage, Options options, String part, int messages) {
        this.stage = stage;
        this.options = options;
        this.part = part;
        this.messages = messages;
        this.warmUp = Math.min(options.warmUp(), messages / 2);
    }

    private record Measured(long began, Map<String, Double> cpu, Map<String, Double> work, List<String> profile) {}

    Result untilAccepted(double target, List<Beside> peers) throws Exception {
        try (Outcomes outcomes = new Outcomes(stage.stack().kafka(), messages, GATHERED_BYTES)) {
            Measured measured = measure("accepted", outcomes::accepted);
            Map<String, Integer> mistakes = stage.mistakes(0, messages, outcomes);
            List<Beside> beside = new ArrayList<>();
            List<Figure> figures = figures("accepted", measured.began(), outcomes.acceptedTimes(), target);
            if (part.equals("throughput")) {
                TwinAlone alone = TwinAlone.measure(stage.twin(), stage.texts(), messages, Profile.Switch.off());
                Double micros = alone.cpuMicros().get("twin");
                figures.add(Figure.of("processor time of the twin for a bare POST", micros == null ? 0 : micros, "µs"));
                beside.add(alone.limit());
            }
            beside.addAll(peers);
            return new Result(
                    part,
                    "%,d requests on Kafka until the last MessageAccepted, callbacks off".formatted(messages),
                    figures,
                    windows(measured.began(), outcomes.acceptedTimes()),
                    measured.cpu(),
                    measured.work(),
                    mistakes,
                    beside,
                    measured.profile());
        }
    }

    Result untilDelivered(double target) throws Exception {
        try (Outcomes outcomes = new Outcomes(stage.stack().kafka(), messages, GATHERED_BYTES)) {
            Measured measured = measure("delivered", outcomes::delivered);
            return new Result(
                    part,
                    "%,d requests on Kafka, two signed callbacks a text through ingest, until the last DELIVERED event"
                            .formatted(messages),
                    figures("delivered", measured.began(), outcomes.deliveredTimes(), target),
                    windows(measured.began(), outcomes.deliveredTimes()),
                    measured.cpu(),
                    measured.work(),
                    stage.mistakes(0, messages, outcomes),
                    List.of(),
                    measured.profile());
        }
    }

    private Measured measure(String what, Outcomes.Count reached) throws Exception {
        Map<String, Long> processes = stage.processes();
        if (options.profile()) {
            stage.database().logPlans();
        }
        Progress progress = new Progress();
        long began = System.nanoTime();
        try (Upstream upstream = stage.upstream(LINGER_MILLIS)) {
            upstream.askForAll(0, messages, number -> null);
        }
        Progress.say("  %,d requests are on Kafka after %.1f s".formatted(messages, (System.nanoTime() - began) / 1e9));
        Outcomes.await(what, reached, warmUp, GLANCE, progress);
        StatementLog statements = new StatementLog(stage.stack().log("postgres"));
        if (options.profile()) {
            stage.database().logDurations(LOGGED_SHARE);
        }
        Map<String, Long> workBefore = stage.database().work();
        Cpu warm = Cpu.now(processes);
        Profile.Running profile = new Profile.Switch(
                        options.profile(), stage.folder().resolve("outbound.jfr"))
                .start(stage.stack().pid("outbound"));
        Outcomes.await(what, reached, messages, GLANCE, progress);
        Map<String, Double> cpu = Cpu.now(processes).since(warm).microsPer(messages - warmUp);
        Map<String, Double> work = workSince(workBefore);
        List<String> told = new ArrayList<>(profile.stop());
        if (options.profile()) {
            told.addAll(statements.costs(LOGGED_SHARE, messages - warmUp));
            told.addAll(statements.plans());
        }
        return new Measured(began, cpu, work, told);
    }

    /** What PostgreSQL did for each of the texts that count. */
    private Map<String, Double> workSince(Map<String, Long> before) throws SQLException {
        Map<String, Double> work = new LinkedHashMap<>();
        stage.database()
                .work()
                .forEach((name, count) ->
                        work.put(name, (count - before.getOrDefault(name, 0L)) / (double) (messages - warmUp)));
        return work;
    }

    private List<Figure> figures(String what, long began, long[] times, double target) {
        long end = times[times.length - 1];
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.atLeast(
                "texts " + what + " a second, once warm (after %,d)".formatted(warmUp),
                (times.length - warmUp) * 1e9 / Math.max(1, end - times[warmUp - 1]),
                "texts/s",
                target));
        figures.add(Figure.of("overall, from the first request on", times.length * 1e9 / (end - began), "texts/s"));
        figures.add(
                Figure.of("the first %,d".formatted(warmUp), warmUp * 1e9 / (times[warmUp - 1] - began), "texts/s"));
        return figures;
    }

    private static List<Double> windows(long began, long[] times) {
        List<Double> windows = new ArrayList<>();
        double last = (times[times.length - 1] - began) / 1e9;
        for (int window = 0; window * WINDOW_SECONDS < last; window++) {
            long from = began + (long) (window * WINDOW_SECONDS * 1e9);
            long until = began + (long) ((window + 1) * WINDOW_SECONDS * 1e9);
            double seconds = Math.min(WINDOW_SECONDS, last - window * WINDOW_SECONDS);
            long count =
                    Arrays.stream(times).filter(at -> at > from && at <= until).count();
            windows.add(count / seconds);
        }
        return windows;
    }
}

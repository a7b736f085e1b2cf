package org.casewire.bench.ingest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.casewire.bench.stand.Cpu;
import org.casewire.bench.stand.Figure;
import org.casewire.bench.stand.Place;
import org.casewire.bench.stand.Profile;
import org.casewire.bench.stand.Stack;
import org.jspecify.annotations.Nullable;

/** Measures each part on a running stack. */
final class Parts {

    private static final double TARGET = 34_000;
    private static final double SHARE_OF_BARE = 0.5;
    private static final double P99_MILLIS = 5;
    private static final double SHARE_OF_KAFKA = 0.5;
    private static final int INGEST_PORT = 1;
    private static final int INGEST_MANAGEMENT = 11;
    private static final int BARE_PORT = 20;
    private static final List<Integer> CONNECTIONS = List.of(32, 128);
    private static final Duration UNTIL_KAFKA_IS_GIVEN_UP = Duration.ofSeconds(6);
    private static final int SPOOL_CONNECTIONS = 128;

    private final Options options;
    private final Place place;
    private final Stack stack;
    private final Profile.Switch profiling;
    private Profile.@Nullable Running profile;
    private final Callbacks callbacks;
    private final InetSocketAddress ours;
    private final Map<String, Long> processes;
    private final int[] answered = new int[Callbacks.COUNT];

    Parts(Options options, Place place, Stack stack, Profile.Switch profiling) {
        this.options = options;
        this.place = place;
        this.stack = stack;
        this.profiling = profiling;
        this.processes = new LinkedHashMap<>(stack.processes("ingest"));
        processes.put("load", ProcessHandle.current().pid());
        this.callbacks = Callbacks.of(stack.description());
        this.ours = new InetSocketAddress("127.0.0.1", options.basePort() + INGEST_PORT);
    }

    /** Stops the broker where it stands, as a machine that hangs would, or lets it go on. */
    private void broker(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, String.valueOf(processes.get("kafka")))
                .inheritIO()
                .start()
                .waitFor();
    }

    private String metrics() {
        return "http://127.0.0.1:" + (options.basePort() + INGEST_MANAGEMENT) + "/actuator/prometheus";
    }

    Result run(String part) throws IOException, InterruptedException {
        return part.equals("kafka") ? kafka() : spool();
    }

    private Load.Outcome flood(InetSocketAddress server, int connections, int[] counts, Duration time)
            throws IOException {
        try (Load load = new Load(server, connections, callbacks, counts)) {
            return load.asFastAsItGoes(time);
        }
    }

    private void warmUp() throws IOException, InterruptedException {
        flood(ours, SPOOL_CONNECTIONS, answered, options.warmUp());
        if (profile == null) {
            profile = profiling.start(stack.pid("ingest"));
        }
    }

    /** What the profile of all parts tells. */
    List<String> profiled() throws IOException, InterruptedException {
        return profile == null ? List.of() : profile.stop();
    }

    private Result kafka() throws IOException, InterruptedException {
        try (Server bare = Server.start(
                options.basePort() + BARE_PORT,
                options.javaOptions(),
                place.runs().resolve("bare.log"))) {
            warmUp();
            flood(
                    bare.address(),
                    SPOOL_CONNECTIONS,
                    new int[Callbacks.COUNT],
                    options.warmUp().dividedBy(3));
            Map<String, Turns> turns = new LinkedHashMap<>();
            Cpu used = new Cpu(Map.of(), 0);
            for (int round = 0; round < options.rounds(); round++) {
                for (int connections : CONNECTIONS) {
                    turns(turns, "bare", connections)
                            .take(() ->
                                    flood(bare.address(), connections, new int[Callbacks.COUNT], options.measured()));
                    Cpu before = Cpu.now(processes);
                    turns(turns, "ours", connections)
                            .take(() -> flood(ours, connections, answered, options.measured()));
                    used = used.plus(Cpu.now(processes).since(before));
                }
            }
            long all = CONNECTIONS.stream()
                    .mapToLong(number -> turns(turns, "ours", number).answers())
                    .sum();
            return kafka(turns, used.microsPer(Math.max(1, all)));
        }
    }

    private static Turns turns(Map<String, Turns> turns, String whose, int connections) {
        return turns.computeIfAbsent(whose + connections, name -> new Turns());
    }

    private Result kafka(Map<String, Turns> turns, Map<String, Double> cpu) throws IOException {
        List<Figure> figures = new ArrayList<>();
        List<Beside> beside = new ArrayList<>();
        double peak = 0;
        int refused = 0;
        for (int connections : CONNECTIONS) {
            Load.Outcome our = turns(turns, "ours", connections).median();
            Load.Outcome bare = turns(turns, "bare", connections).median();
            peak = Math.max(peak, our.perSecond());
            refused += turns(turns, "ours", connections).refused();
            String with = ", " + connections + " connections";
            figures.add(Figure.atLeast("callbacks taken" + with, our.perSecond(), "/s", TARGET));
            figures.add(Figure.atLeast(
                    "share of the bare endpoint" + with, our.perSecond() / bare.perSecond(), "", SHARE_OF_BARE));
            figures.add(Figure.of("p50" + with, our.latencies().quantile(0.5), "ms"));
            figures.add(Figure.of("p99" + with, our.latencies().quantile(0.99), "ms"));
            beside.add(Beside.limit("bare Boot endpoint" + with, bare.perSecond()));
        }
        for (int connections : CONNECTIONS) {
            refused += paced(connections, peak / 2, "half", P99_MILLIS, figures);
            refused += paced(connections, peak / 8, "an eighth", null, figures);
        }
        beside.addAll(Beside.peers());
        return new Result(
                "kafka",
                "signed status callbacks, each answered when Kafka has it (acks=all)",
                figures,
                cpu,
                mistakes(refused, Topic.from(answered, stack.kafka())),
                beside,
                List.of("median of %d turns of %d s each"
                        .formatted(options.rounds(), options.measured().toSeconds())));
    }

    /** How long answers take when there is less to do than could be done; beside the peak, for that one waits in a line. */
    private int paced(int connections, double perSecond, String part, @Nullable Double target, List<Figure> figures)
            throws IOException {
        String with = " at " + part + " of the peak, " + connections + " connections";
        try (Load load = new Load(ours, connections, callbacks, answered)) {
            Load.Outcome outcome = load.paced(options.measured().plus(options.measured()), perSecond);
            double p99 = outcome.latencies().quantile(0.99);
            figures.add(
                    target == null
                            ? Figure.of("p99" + with, p99, "ms")
                            : Figure.atMost("p99" + with, p99, "ms", target));
            figures.add(Figure.of("p50" + with, outcome.latencies().quantile(0.5), "ms"));
            return outcome.refused();
        }
    }

    private static Map<String, Integer> mistakes(int refused, Topic.Difference difference) {
        Map<String, Integer> mistakes = new LinkedHashMap<>();
        mistakes.put("refused", refused);
        mistakes.put("answered and not on the topic", difference.lost());
        mistakes.put("never answered and on the topic", difference.unanswered());
        return mistakes;
    }

    private Result spool() throws IOException, InterruptedException {
        warmUp();
        Load.Outcome with = flood(ours, SPOOL_CONNECTIONS, answered, options.measured());
        broker("-STOP");
        Load.Outcome first;
        Load.Outcome few;
        Load.Outcome many;
        Map<String, Double> cpu;
        try {
            first = flood(ours, SPOOL_CONNECTIONS, answered, UNTIL_KAFKA_IS_GIVEN_UP);
            few = flood(ours, CONNECTIONS.getFirst(), answered, options.measured());
            Cpu before = Cpu.now(processes);
            many = flood(ours, SPOOL_CONNECTIONS, answered, options.measured());
            cpu = Cpu.now(processes).since(before).microsPer(many.latencies().count());
        } finally {
            broker("-CONT");
        }
        long waiting = first.latencies().count()
                + few.latencies().count()
                + many.latencies().count();
        double replayed = waiting / new Metrics(metrics()).secondsUntilSpoolIsEmpty();
        Topic.Difference onTopic = Topic.from(answered, stack.kafka());
        return new Result(
                "spool",
                "the same while Kafka stands still: each answered when the disk has it",
                List.of(
                        Figure.of("with Kafka, 128 connections", with.perSecond(), "/s"),
                        Figure.atLeast("to the spool, 32 connections", few.perSecond(), "/s", TARGET * SHARE_OF_KAFKA),
                        Figure.atLeast(
                                "to the spool, 128 connections", many.perSecond(), "/s", TARGET * SHARE_OF_KAFKA),
                        Figure.atLeast(
                                "share of what is taken with Kafka, 128 connections",
                                many.perSecond() / with.perSecond(),
                                "",
                                SHARE_OF_KAFKA),
                        Figure.of(
                                "p99 to the spool, 128 connections",
                                many.latencies().quantile(0.99),
                                "ms"),
                        Figure.of(
                                "longest when Kafka had just gone",
                                first.latencies().quantile(1),
                                "ms"),
                        Figure.of("replayed when Kafka was back", replayed, "/s")),
                cpu,
                mistakes(with.refused() + first.refused() + few.refused() + many.refused(), onTopic),
                List.of(),
                List.of(
                        "on the topic more often than answered (Kafka took it, but did not say so in time): "
                                + onTopic.doubled(),
                        "a sync of this disk (fdatasync) of 4 kB: %.3f ms, median of 200"
                                .formatted(Disk.syncMillis(place.runs()))));
    }
}

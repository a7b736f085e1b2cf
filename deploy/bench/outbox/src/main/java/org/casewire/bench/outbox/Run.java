package org.casewire.bench.outbox;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** One candidate's round, in a process of its own. */
final class Run {

    private final Reader reader;
    private final Writers writers;
    private final long postgres;
    private final long broker;
    private int next;

    private Run(Reader reader, Writers writers, long postgres, long broker) {
        this.reader = reader;
        this.writers = writers;
        this.postgres = postgres;
        this.broker = broker;
    }

    /** Arguments: candidate, round, JDBC address, broker, PIDs of PostgreSQL and broker, events, target rate, file. */
    public static void main(String[] args) throws Exception {
        List<Phase> phases = phases(Integer.parseInt(args[6]), Integer.parseInt(args[7]));
        int all = phases.stream().mapToInt(Phase::events).sum();
        List<Measured> measured = new ArrayList<>();
        try (Candidate candidate = Candidate.start(args[0], args[2], args[3]);
                Reader reader = new Reader(args[3], all)) {
            Run run = new Run(reader, new Writers(candidate, all), Long.parseLong(args[4]), Long.parseLong(args[5]));
            for (Phase phase : phases) {
                measured.add(run.measure(phase));
            }
            Outcome outcome =
                    new Outcome(args[0], Integer.parseInt(args[1]), reader.duplicates(), reader.outOfOrder(), measured);
            Files.writeString(Path.of(args[8]), new JsonMapper().writeValueAsString(outcome));
            // What "target" left behind goes with the database; nobody waits for it.
            Runtime.getRuntime().halt(0);
        }
    }

    private static List<Phase> phases(int events, int target) {
        Duration minute = Duration.ofSeconds(60);
        Duration tenSeconds = Duration.ofSeconds(10);
        return List.of(
                new Phase("warm-up", events / 4, 100, 0, minute, minute),
                new Phase("batches", events, 100, 0, minute, minute),
                new Phase("singles", events / 4, 1, 0, minute, minute),
                new Phase("gentle", 5_000, 1, 500, tenSeconds, minute),
                new Phase("target", target * 10, 100, target, tenSeconds, Duration.ofSeconds(2)));
    }

    private Measured measure(Phase phase) throws InterruptedException {
        int first = next;
        next += phase.events();
        int before = reader.distinct();
        Cpu cpu = Cpu.now(postgres, broker);
        long start = System.nanoTime();
        writers.append(phase, first);
        long appended = System.nanoTime();
        int meanwhile = reader.distinct() - before;
        int[] committed = IntStream.range(first, next)
                .filter(number -> writers.committedAt(number) != 0)
                .toArray();
        int arrived = await(before, committed.length, appended + phase.drain().toNanos());
        long last = arrived < committed.length ? System.nanoTime() : reader.lastArrival();
        Cpu used = Cpu.now(postgres, broker).since(cpu);
        double wall = seconds(start, System.nanoTime());
        double[] latencies = latencies(committed);
        double thousands = Math.max(1, arrived) / 1_000.0;
        return new Measured(
                phase.name(),
                committed.length,
                committed.length / seconds(start, appended),
                arrived / seconds(start, last),
                (double) meanwhile / committed.length,
                committed.length - arrived,
                quantile(latencies, 0.5),
                quantile(latencies, 0.99),
                used.tested() / thousands,
                used.service() / thousands,
                used.postgres() / thousands,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                used.others() / 1_000.0 / wall);
    }

    private int await(int before, int expected, long until) {
        while (reader.distinct() - before < expected && System.nanoTime() < until) {
            LockSupport.parkNanos(1_000_000);
        }
        return reader.distinct() - before;
    }

    private double[] latencies(int[] committed) {
        return Arrays.stream(committed)
                .filter(number -> reader.receivedAt(number) != 0)
                .mapToDouble(number -> Math.max(0, (reader.receivedAt(number) - writers.committedAt(number)) / 1e6))
                .sorted()
                .toArray();
    }

    private static double quantile(double[] sorted, double share) {
        return sorted.length == 0 ? -1 : sorted[(int) (share * (sorted.length - 1))];
    }

    private static double seconds(long from, long to) {
        return Math.max(1, to - from) / 1e9;
    }
}

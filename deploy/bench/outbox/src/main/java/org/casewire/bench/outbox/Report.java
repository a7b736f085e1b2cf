package org.casewire.bench.outbox;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures of all rounds and their medians. */
record Report(Options options, List<Outcome> medians, List<Outcome> rounds) {

    private static final String ROW =
            "  %-10s %-8s %7d %9.0f %9.0f %5.0f%% %7d %9.1f %9.1f %8.0f %8.0f %8.0f %5.1f %6.2f%n";
    private static final String HEAD = """
              candidate  phase     events  append/s    read/s  kept  missing    p50 ms    p99 ms  cpu ms/k  service postgres  load others
            """;

    /** One line a phase, to be printed while the benchmark goes on. */
    static String lines(Outcome outcome) {
        return "round %d of %s: %d duplicates, %d out of order%n"
                        .formatted(outcome.round(), outcome.candidate(), outcome.duplicates(), outcome.outOfOrder())
                + HEAD
                + rows(outcome);
    }

    private static String rows(Outcome outcome) {
        return outcome.phases().stream()
                .map(phase -> ROW.formatted(
                        outcome.candidate(),
                        phase.phase(),
                        phase.events(),
                        phase.appendPerSecond(),
                        phase.publishPerSecond(),
                        phase.publishedWhileAppending() * 100,
                        phase.missing(),
                        phase.p50Millis(),
                        phase.p99Millis(),
                        phase.cpuMillisPer1000(),
                        phase.cpuOfService(),
                        phase.cpuOfPostgres(),
                        phase.load(),
                        phase.coresOfOthers()))
                .collect(Collectors.joining());
    }

    /** The medians for people. */
    static String table(Options options, List<Outcome> medians) {
        return "%nMedians of %d rounds; target %,d events/s. \"kept\": had arrived when the last was committed; \"others\": cores that other programs used; \"cpu ms/k\": of all parts per 1,000 events.%n"
                        .formatted(options.rounds(), options.target())
                + HEAD
                + medians.stream().map(Report::rows).collect(Collectors.joining())
                + medians.stream()
                        .map(all -> "  %s: %d duplicates, %d out of order in all rounds%n"
                                .formatted(all.candidate(), all.duplicates(), all.outOfOrder()))
                        .collect(Collectors.joining());
    }

    /** For each candidate the medians of its rounds; duplicates and disorder are added up. */
    static List<Outcome> medians(List<Outcome> rounds) {
        return Stream.of("ours", "namastack")
                .map(candidate -> median(rounds.stream()
                        .filter(outcome -> outcome.candidate().equals(candidate))
                        .toList()))
                .toList();
    }

    private static Outcome median(List<Outcome> rounds) {
        List<Measured> phases = rounds.getFirst().phases().stream()
                .map(phase -> medianPhase(rounds.stream()
                        .flatMap(round -> round.phases().stream())
                        .filter(other -> other.phase().equals(phase.phase()))
                        .toList()))
                .toList();
        return new Outcome(
                rounds.getFirst().candidate().toLowerCase(Locale.ROOT),
                0,
                rounds.stream().mapToInt(Outcome::duplicates).sum(),
                rounds.stream().mapToInt(Outcome::outOfOrder).sum(),
                phases);
    }

    private static Measured medianPhase(List<Measured> same) {
        return new Measured(
                same.getFirst().phase(),
                (int) of(same, Measured::events),
                of(same, Measured::appendPerSecond),
                of(same, Measured::publishPerSecond),
                of(same, Measured::publishedWhileAppending),
                (int) of(same, Measured::missing),
                of(same, Measured::p50Millis),
                of(same, Measured::p99Millis),
                of(same, Measured::cpuMillisPer1000),
                of(same, Measured::cpuOfService),
                of(same, Measured::cpuOfPostgres),
                of(same, Measured::load),
                of(same, Measured::coresOfOthers));
    }

    private static double of(List<Measured> same, ToDoubleFunction<Measured> figure) {
        double[] sorted = same.stream().mapToDouble(figure).sorted().toArray();
        double[] middle = Arrays.copyOfRange(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1);
        return Arrays.stream(middle).average().orElseThrow();
    }
}

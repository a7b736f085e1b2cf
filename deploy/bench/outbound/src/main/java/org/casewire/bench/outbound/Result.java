package org.casewire.bench.outbound;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.casewire.bench.stand.Figure;

/**
 * What came of a part.
 *
 * @param windows texts a second in each ten seconds from the first request on
 * @param cpuMicros processor time in microseconds for each text, by process; once warm where that is said
 * @param work of PostgreSQL for each text
 * @param mistakes texts lost, doubled and events that were not expected, by name; all must be 0
 * @param beside what to hold the figures against
 * @param profile lines of the profiler, for people
 */
record Result(
        String part,
        String about,
        List<Figure> figures,
        List<Double> windows,
        Map<String, Double> cpuMicros,
        Map<String, Double> work,
        Map<String, Integer> mistakes,
        List<Beside> beside,
        List<String> profile) {

    boolean isRight() {
        return mistakes.values().stream().allMatch(count -> count == 0);
    }

    /** The result for people. */
    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(part + ": " + about);
        figures.forEach(figure -> lines.add(
                "  %-58s %14s %-8s %s".formatted(figure.name(), figure.amount(), figure.unit(), figure.verdict())));
        beside.forEach(other -> lines.add("  | %-56s %14s %-8s %s"
                .formatted(
                        other.name(),
                        other.amount(),
                        other.unit(),
                        other.source().word())));
        beside.stream().map(Beside::source).distinct().forEach(source -> lines.add("    " + source.legend()));
        if (!windows.isEmpty()) {
            lines.add("  per second in each 10 s: "
                    + String.join(" ", windows.stream().map("%,.0f"::formatted).toList()));
        }
        if (!cpuMicros.isEmpty()) {
            lines.add("  processor time, µs for each text: " + joined(cpuMicros, "%.0f"));
        }
        if (!work.isEmpty()) {
            lines.add("  PostgreSQL for each text: " + joined(work, "%.2f"));
        }
        lines.add((isRight() ? "  nothing lost, nothing doubled: " : "  WRONG: ") + joined(mistakes, "%d"));
        lines.addAll(profile);
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    private static String joined(Map<String, ? extends Number> values, String format) {
        return String.join(
                ", ",
                values.entrySet().stream()
                        .map(value -> value.getKey() + " " + format.formatted(value.getValue()))
                        .toList());
    }
}

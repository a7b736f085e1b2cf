package org.casewire.bench.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.casewire.bench.stand.Figure;

/**
 * What came of a part.
 *
 * @param cpuMicros processor time in microseconds for each reply or case, by process
 * @param mistakes by name; all must be 0
 * @param notes what a reader of the figures should know, and lines of the profiler
 */
record Result(
        String part,
        String about,
        List<Figure> figures,
        Map<String, Map<String, Double>> cpuMicros,
        Map<String, Long> mistakes,
        List<String> notes) {

    boolean isRight() {
        return mistakes.values().stream().allMatch(count -> count == 0);
    }

    /** The result for people. */
    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(part + ": " + about);
        figures.forEach(figure -> lines.add(
                "  %-62s %12s %-9s %s".formatted(figure.name(), figure.amount(), figure.unit(), figure.verdict())));
        cpuMicros.forEach(
                (what, micros) -> lines.add("  processor time, µs for each, " + what + ": " + joined(micros, "%.1f")));
        lines.add((isRight() ? "  right: " : "  WRONG: ") + joined(mistakes, "%d"));
        notes.forEach(note -> lines.add("  " + note));
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

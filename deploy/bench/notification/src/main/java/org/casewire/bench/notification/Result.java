package org.casewire.bench.notification;

import java.util.List;
import java.util.Map;
import org.casewire.bench.stand.Figure;

/**
 * What came of a part.
 *
 * @param mistakes what was lost, doubled or early, by name; all must be 0
 */
record Result(String part, String about, List<Figure> figures, Map<String, Integer> mistakes) {

    boolean isRight() {
        return mistakes.values().stream().allMatch(count -> count == 0);
    }

    /** The result for people. */
    String text() {
        StringBuilder text = new StringBuilder("%n%s: %s%n".formatted(part, about));
        figures.forEach(figure -> text.append(
                "  %-58s %14s %-8s %s%n".formatted(figure.name(), figure.amount(), figure.unit(), figure.verdict())));
        return text.append(isRight() ? "  nothing lost, doubled or early: " : "  WRONG: ")
                .append(mistakes)
                .append(System.lineSeparator())
                .toString();
    }
}

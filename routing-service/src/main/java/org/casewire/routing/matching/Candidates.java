package org.casewire.routing.matching;

import java.util.ArrayList;
import java.util.List;

/**
 * The cases that were looked at for a reply, in the order of the search.
 *
 * @param best at most {@value #SHOWN}, some of every step
 * @param total how many there were
 */
public record Candidates(List<Candidate> best, int total) {

    /** Thousands of cases may share one number; nobody reads them. */
    private static final int SHOWN = 50;

    private static final int AT_LEAST_OF_A_STEP = 5;

    /** Nothing was looked at, or nothing is known of it. */
    public static final Candidates NONE = new Candidates(List.of(), 0);

    public Candidates {
        best = List.copyOf(best);
    }

    /** As much of each part as there is room for; the later ones keep a few places. */
    static Candidates of(List<List<Candidate>> parts) {
        List<List<Candidate>> filled =
                parts.stream().filter(part -> !part.isEmpty()).toList();
        List<Candidate> best = new ArrayList<>();
        int total = 0;
        for (int i = 0; i < filled.size(); i++) {
            List<Candidate> part = filled.get(i);
            int keptFree = (filled.size() - 1 - i) * AT_LEAST_OF_A_STEP;
            best.addAll(part.subList(0, Math.min(part.size(), SHOWN - best.size() - keptFree)));
            total += part.size();
        }
        return new Candidates(best, total);
    }
}

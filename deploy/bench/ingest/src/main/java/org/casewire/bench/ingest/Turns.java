package org.casewire.bench.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Measurements of one thing, taken in turns with another's. */
final class Turns {

    private final List<Load.Outcome> outcomes = new ArrayList<>();

    /** Something that measures. */
    interface Measuring {
        Load.Outcome run() throws IOException;
    }

    void take(Measuring measuring) throws IOException {
        outcomes.add(measuring.run());
    }

    /** By rate. */
    Load.Outcome median() {
        return outcomes.stream()
                .sorted(Comparator.comparingDouble(Load.Outcome::perSecond))
                .toList()
                .get(outcomes.size() / 2);
    }

    long answers() {
        return outcomes.stream().mapToLong(one -> one.latencies().count()).sum();
    }

    int refused() {
        return outcomes.stream().mapToInt(Load.Outcome::refused).sum();
    }
}

package org.casewire.routing.matching;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.casewire.events.CaseRef;
import org.jspecify.annotations.Nullable;

/**
 * What one step looked at, each case once.
 *
 * @param eligible what it may choose, the best first
 * @param excluded what it may not choose
 */
record Ranking(List<Candidate> eligible, List<Candidate> excluded) {

    private static final Ranking NOTHING = new Ranking(List.of(), List.of());

    static Ranking of(List<Candidate> looked) {
        if (looked.isEmpty()) {
            return NOTHING;
        }
        List<Candidate> ranked = looked.size() == 1 ? looked : eachOnce(looked);
        int allowed = 0;
        while (allowed < ranked.size() && ranked.get(allowed).mayBeChosen()) {
            allowed++;
        }
        return new Ranking(ranked.subList(0, allowed), ranked.subList(allowed, ranked.size()));
    }

    private static List<Candidate> eachOnce(List<Candidate> looked) {
        Map<CaseRef, Candidate> once = new HashMap<>();
        looked.forEach(one -> once.merge(one.ref(), one, Candidate::better));
        List<Candidate> ranked = new ArrayList<>(looked.size());
        // In the order they came: what is sorted already is sorted at once.
        looked.stream().filter(one -> once.get(one.ref()) == one).forEach(ranked::add);
        ranked.sort(Candidate.BEST_FIRST);
        return ranked;
    }

    boolean foundNothing() {
        return eligible.isEmpty();
    }

    @Nullable
    CaseRef winner() {
        return eligible.isEmpty() ? null : eligible.getFirst().ref();
    }

    /** All but the first one, with what they lost by. */
    List<Candidate> losers() {
        Candidate chosen = eligible.getFirst();
        return eligible.stream().skip(1).map(one -> one.beatenBy(chosen)).toList();
    }

    List<Candidate> everyone(Verdict ofEligible) {
        List<Candidate> all = new ArrayList<>(eligible.size() + excluded.size());
        eligible.forEach(one -> all.add(one.with(ofEligible)));
        all.addAll(excluded);
        return all;
    }

    List<Candidate> decided() {
        if (eligible.isEmpty()) {
            return excluded;
        }
        List<Candidate> all = new ArrayList<>(eligible.size() + excluded.size());
        all.add(eligible.getFirst());
        all.addAll(losers());
        all.addAll(excluded);
        return all;
    }
}

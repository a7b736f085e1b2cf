package org.casewire.routing.matching;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.casewire.events.CaseRef;

/** Finds the case of a reply: nothing but its arguments decides, so the same facts always give the same answer. */
public final class Matcher {

    private Matcher() {}

    /** Where a reply belongs by a strategy and what is known of its sender. */
    public static Match match(Search search, Facts facts) {
        Rankings looked = Rankings.of(search, facts);
        Union union = Union.of(looked);
        Outcomes outcomes = Outcomes.of(search.strategy(), looked, union.cases());
        Found found = switch (search.strategy()) {
            case MOST_RECENT_OUTBOUND -> firstFound(search, looked, List.of(Step.OUTBOUND, Step.OPENED, Step.INTAKE));
            case MOST_RECENT_INTAKE -> firstFound(search, looked, List.of(Step.INTAKE, Step.OUTBOUND, Step.OPENED));
            case MOST_RECENTLY_OPENED -> firstFound(search, looked, List.of(Step.OPENED, Step.OUTBOUND, Step.INTAKE));
            case ALL -> all(search, looked, union);
        };
        return new Match(found.filing(), found.candidates(), outcomes);
    }

    private record Found(Filing filing, Candidates candidates) {}

    private static Found firstFound(Search search, Rankings looked, List<Step> steps) {
        Wording wording = new Wording(search);
        List<String> explanation = new ArrayList<>();
        List<List<Candidate>> candidates = new ArrayList<>();
        Step decisive = null;
        for (Step step : steps) {
            Ranking ranking = looked.of(step);
            if (decisive != null) {
                candidates.add(ranking.everyone(Verdict.NOT_REACHED));
            } else {
                explanation.addAll(wording.of(step, ranking));
                candidates.add(ranking.decided());
                decisive = ranking.foundNothing() ? null : step;
            }
        }
        candidates.add(looked.notLookedFor());
        if (decisive == null) {
            explanation.add(Wording.UNASSIGNED);
            return new Found(new Filing(List.of(), Rule.NONE, explanation), Candidates.of(candidates));
        }
        CaseRef chosen = looked.of(decisive).eligible().getFirst().ref();
        explanation.addAll(wording.notReached(candidates, chosen));
        return new Found(new Filing(List.of(chosen), decisive.rule(), explanation), Candidates.of(candidates));
    }

    private static Found all(Search search, Rankings looked, Union union) {
        Candidates candidates = Candidates.of(union.candidates(looked));
        List<String> explanation = new Wording(search).all(looked, union);
        return new Found(
                new Filing(union.cases(), union.cases().isEmpty() ? Rule.NONE : Rule.ALL, explanation), candidates);
    }

    /**
     * What strategy ALL files on: who texted, then who holds the texting number.
     *
     * @param leftOut how many more there are than an event can name
     */
    record Union(List<CaseRef> cases, int leftOut) {

        /** A text moved from as many cases to as many others must fit into one record of a megabyte. */
        private static final int MOST_BYTES = 450_000;

        private static final int FEW_ENOUGH = 1_000;

        static Union of(Rankings looked) {
            Set<CaseRef> once = new LinkedHashSet<>();
            looked.outbound().eligible().forEach(one -> once.add(one.ref()));
            looked.texting().eligible().forEach(one -> once.add(one.ref()));
            List<CaseRef> cases = List.copyOf(once);
            int room = cases.size() <= FEW_ENOUGH ? cases.size() : room(cases);
            return new Union(cases.subList(0, room), cases.size() - room);
        }

        private static int room(List<CaseRef> cases) {
            int bytes = 0;
            for (int i = 0; i < cases.size(); i++) {
                bytes += bytes(cases.get(i));
                if (bytes > MOST_BYTES) {
                    return i;
                }
            }
            return cases.size();
        }

        /** At most this many, as JSON. */
        private static int bytes(CaseRef ref) {
            int bytes = "{\"kind\":\"PRESCREEN\",\"id\":\"\"},".length();
            for (int i = 0; i < ref.id().length(); i++) {
                char unit = ref.id().charAt(i);
                bytes += unit == '"' || unit == '\\' ? 2 : unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
            }
            return bytes;
        }

        List<List<Candidate>> candidates(Rankings looked) {
            Set<CaseRef> filed = leftOut == 0 ? Set.of() : Set.copyOf(cases);
            List<List<Candidate>> parts = new ArrayList<>();
            for (Ranking ranking : List.of(looked.outbound(), looked.texting())) {
                parts.add(ranking.eligible().stream()
                        .map(one -> leftOut == 0 || filed.contains(one.ref()) ? one : one.with(Verdict.NO_ROOM))
                        .toList());
                parts.add(ranking.excluded());
            }
            return parts;
        }
    }
}

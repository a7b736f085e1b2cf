package org.casewire.routing.matching;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.casewire.events.CaseRef;

/** Finds the case of a reply: nothing but its arguments decides, so the same facts always give the same answer. */
public final class Matcher {

    private Matcher() {}

    /** Where a reply belongs by a strategy and what is known of its sender. */
    public static Filing match(Search search, Facts facts) {
        return switch (search.strategy()) {
            case MOST_RECENT_OUTBOUND -> firstFound(search, facts, Step.OUTBOUND, Step.OPENED, Step.INTAKE);
            case MOST_RECENT_INTAKE -> firstFound(search, facts, Step.INTAKE, Step.OUTBOUND, Step.OPENED);
            case MOST_RECENTLY_OPENED -> firstFound(search, facts, Step.OPENED, Step.OUTBOUND, Step.INTAKE);
            case ALL -> all(search, facts);
        };
    }

    private static Filing firstFound(Search search, Facts facts, Step... steps) {
        Wording wording = new Wording(search);
        List<String> explanation = new ArrayList<>();
        for (Step step : steps) {
            List<Candidate> candidates = step.candidates(search, facts);
            if (!candidates.isEmpty()) {
                explanation.addAll(wording.chosen(step, candidates));
                return new Filing(List.of(candidates.getFirst().ref()), step.rule(), explanation);
            }
            explanation.add(wording.nothing(step));
        }
        explanation.add(Wording.UNASSIGNED);
        return new Filing(List.of(), Rule.NONE, explanation);
    }

    private static Filing all(Search search, Facts facts) {
        Wording wording = new Wording(search);
        List<Candidate> texted = Step.OUTBOUND.candidates(search, facts);
        List<Candidate> holding = holdingTheTextingNumber(search, facts);
        Set<CaseRef> cases = new LinkedHashSet<>();
        Stream.of(texted, holding).flatMap(List::stream).map(Candidate::ref).forEach(cases::add);
        return cases.isEmpty()
                ? new Filing(List.of(), Rule.NONE, List.of(wording.nothingAtAll(), Wording.UNASSIGNED))
                : new Filing(List.copyOf(cases), Rule.ALL, wording.all(texted, holding));
    }

    private static List<Candidate> holdingTheTextingNumber(Search search, Facts facts) {
        return Candidate.bestFirst(facts.holders().stream()
                .filter(holder -> search.phoneFields().stream().limit(1).anyMatch(holder.field()::equals))
                .map(Candidate::of));
    }
}

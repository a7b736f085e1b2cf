package org.casewire.routing.matching;

import java.util.List;
import java.util.stream.Stream;
import org.casewire.events.CaseRef.Kind;

/** One step of a search: what it looks at. The first step that finds something ends the search. */
enum Step {
    OUTBOUND(Rule.OUTBOUND) {
        @Override
        Stream<Candidate> looksAt(Search search, Facts facts) {
            return facts.texted().stream()
                    .filter(texted -> texted.acceptedAt().isBefore(search.before()))
                    .map(Candidate::of);
        }
    },
    OPENED(Rule.OPENED) {
        @Override
        Stream<Candidate> looksAt(Search search, Facts facts) {
            return holders(search, facts, Kind.CASE);
        }
    },
    INTAKE(Rule.INTAKE) {
        @Override
        Stream<Candidate> looksAt(Search search, Facts facts) {
            return holders(search, facts, Kind.INTAKE);
        }
    };

    private final Rule rule;

    Step(Rule rule) {
        this.rule = rule;
    }

    Rule rule() {
        return rule;
    }

    /** The cases this step may choose, the one it chooses first. */
    List<Candidate> candidates(Search search, Facts facts) {
        return Candidate.bestFirst(looksAt(search, facts));
    }

    abstract Stream<Candidate> looksAt(Search search, Facts facts);

    private static Stream<Candidate> holders(Search search, Facts facts, Kind kind) {
        return facts.holders().stream()
                .filter(holder ->
                        holder.ref().kind() == kind && search.phoneFields().contains(holder.field()))
                .map(Candidate::of);
    }
}

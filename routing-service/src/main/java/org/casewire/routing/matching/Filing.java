package org.casewire.routing.matching;

import java.util.ArrayList;
import java.util.List;
import org.casewire.events.CaseRef;

/**
 * Where a reply belongs.
 *
 * @param cases none when a person must decide
 * @param explanation sentences for case workers: what was looked at and why this was chosen
 */
public record Filing(List<CaseRef> cases, Rule rule, List<String> explanation) {
    public Filing {
        cases = List.copyOf(cases);
        explanation = List.copyOf(explanation);
    }

    Filing noting(String sentence) {
        List<String> more = new ArrayList<>(explanation);
        more.add(sentence);
        return new Filing(cases, rule, more);
    }
}

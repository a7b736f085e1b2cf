package org.casewire.routing.preview;

import java.time.Instant;
import java.util.List;
import org.casewire.events.CaseRef;
import org.casewire.events.Matching;
import org.casewire.routing.matching.Rule;

/**
 * What a strategy would have done with the replies of some days. It is held against what matching did when they were
 * filed, whichever strategy that was, and not against what people did afterwards: nobody would be there to do it again.
 *
 * @param current the site's strategy now
 * @param from the first moment looked at
 * @param replies how many were looked at
 * @param same how many would stand where matching put them
 * @param different how many would not
 * @param differences the same by kind of difference
 * @param movedByPeople of the replies looked at, those that a person moved since: was matching right, or would it be
 * @param notComparable how many came in before outcomes were kept; they are not among the replies
 * @param examples the newest of every kind of difference
 */
record Preview(
        Matching strategy,
        Matching current,
        int days,
        Instant from,
        Instant until,
        long replies,
        long same,
        long different,
        Differences differences,
        Moved movedByPeople,
        long notComparable,
        List<Example> examples) {

    /**
     * How many replies of each kind of difference there are.
     *
     * @param newlyAssigned unassigned as filed, on a case by the strategy
     * @param newlyUnassigned on a case as filed, unassigned by the strategy
     * @param otherCase on other cases, or on more or fewer of them
     */
    record Differences(long newlyAssigned, long newlyUnassigned, long otherCase) {}

    /**
     * Replies that a person moved.
     *
     * @param rightThen how many of them the strategy would have put where the person did
     */
    record Moved(long replies, long rightThen) {}

    /**
     * A reply that the strategy would have filed elsewhere.
     *
     * @param ruleNow what decided when it was filed
     * @param casesNow where matching put it; at most 50 are named
     * @param rule what would decide
     * @param casesThen where the strategy would put it; at most 50 are named
     */
    record Example(
            String sid,
            String contact,
            Instant receivedAt,
            Difference difference,
            Matching strategyNow,
            Rule ruleNow,
            List<CaseRef> casesNow,
            int countNow,
            Rule rule,
            List<CaseRef> casesThen,
            int countThen) {}
}

package org.casewire.routing.matching;

import java.util.List;
import org.casewire.events.CaseRef;
import org.casewire.events.Matching;
import org.jspecify.annotations.Nullable;

/**
 * Where each strategy files a reply by what is known at one moment: the three that choose go by the three steps, in
 * an order of their own.
 *
 * @param strategy the one in force
 * @param outbound what the step of that name finds
 * @param all the first cases of strategy ALL, at most {@value #NAMED}
 * @param allCount how many cases ALL files on
 */
public record Outcomes(
        Matching strategy,
        @Nullable CaseRef outbound,
        @Nullable CaseRef opened,
        @Nullable CaseRef intake,
        List<CaseRef> all,
        int allCount) {

    /**
     * Where one strategy files a reply.
     *
     * @param cases the first ones, where they are very many
     */
    public record Outcome(Rule rule, List<CaseRef> cases, int count) {}

    private static final int NAMED = 50;

    static Outcomes of(Matching strategy, Rankings looked, List<CaseRef> all) {
        return new Outcomes(
                strategy,
                looked.outbound().winner(),
                looked.opened().winner(),
                looked.intake().winner(),
                List.copyOf(all.subList(0, Math.min(NAMED, all.size()))),
                all.size());
    }

    /** What a strategy comes to. */
    public Outcome of(Matching strategy) {
        return switch (strategy) {
            case MOST_RECENT_OUTBOUND -> firstOf(Step.OUTBOUND, Step.OPENED, Step.INTAKE);
            case MOST_RECENT_INTAKE -> firstOf(Step.INTAKE, Step.OUTBOUND, Step.OPENED);
            case MOST_RECENTLY_OPENED -> firstOf(Step.OPENED, Step.OUTBOUND, Step.INTAKE);
            case ALL -> new Outcome(allCount == 0 ? Rule.NONE : Rule.ALL, all, allCount);
        };
    }

    private Outcome firstOf(Step... steps) {
        for (Step step : steps) {
            CaseRef found = switch (step) {
                case OUTBOUND -> outbound;
                case OPENED -> opened;
                case INTAKE -> intake;
            };
            if (found != null) {
                return new Outcome(step.rule(), List.of(found), 1);
            }
        }
        return new Outcome(Rule.NONE, List.of(), 0);
    }
}

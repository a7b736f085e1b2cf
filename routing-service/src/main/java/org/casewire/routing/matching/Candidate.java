package org.casewire.routing.matching;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.casewire.events.CaseRef;
import org.jspecify.annotations.Nullable;

/**
 * A case a step may choose.
 *
 * @param at the time the step goes by; a case without one comes after all that have one
 */
record Candidate(
        CaseRef ref, @Nullable Instant at, @Nullable Instant updatedAt) {

    /** The later time, then the later update, then the greater id; kinds only so that the order is always the same. */
    private static final Comparator<Candidate> WORST_FIRST = comparing(Candidate::at, nullsFirst(naturalOrder()))
            .thenComparing(Candidate::updatedAt, nullsFirst(naturalOrder()))
            .thenComparing(candidate -> candidate.ref().id())
            .thenComparing(candidate -> candidate.ref().kind());

    static Candidate of(Facts.Texted texted) {
        return new Candidate(texted.ref(), texted.acceptedAt(), texted.updatedAt());
    }

    static Candidate of(Facts.Holder holder) {
        return new Candidate(holder.ref(), holder.datedAt(), holder.updatedAt());
    }

    /** Each case once, with its best time, the best case first. */
    static List<Candidate> bestFirst(Stream<Candidate> candidates) {
        Collection<Candidate> once = candidates
                .collect(Collectors.toMap(
                        Candidate::ref, Function.identity(), BinaryOperator.maxBy(WORST_FIRST), HashMap::new))
                .values();
        return once.stream().sorted(WORST_FIRST.reversed()).toList();
    }

    boolean tiesWith(Candidate other) {
        return Objects.equals(at, other.at);
    }
}

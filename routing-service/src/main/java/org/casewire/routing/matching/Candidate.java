package org.casewire.routing.matching;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import org.casewire.events.CaseRef;
import org.casewire.events.SiteDocument.PhoneField;
import org.jspecify.annotations.Nullable;

/**
 * A case that was looked at for a reply.
 *
 * @param step what it was looked at for; ALL for a holder of the texting number
 * @param at the time the step goes by: when it texted, was opened or taken in; null when it is not given
 * @param updatedAt decides between equal times; null when the upstream never told of the case
 * @param field where the number stands; null for a case that texted it
 * @param verdict chosen, or why not
 */
public record Candidate(
        CaseRef ref,
        Rule step,
        @Nullable Instant at,
        @Nullable Instant updatedAt,
        @Nullable PhoneField field,
        Verdict verdict) {

    /** The later time, then the later update, then the greater id; kinds only so that the order is always the same. */
    private static final Comparator<Candidate> WORST_FIRST = comparing(Candidate::at, nullsFirst(naturalOrder()))
            .thenComparing(Candidate::updatedAt, nullsFirst(naturalOrder()))
            .thenComparing(candidate -> candidate.ref().id())
            .thenComparing(candidate -> candidate.ref().kind());

    /** What may be chosen before what may not, the best first; the field only for one case that has several. */
    static final Comparator<Candidate> BEST_FIRST = comparing((Candidate candidate) -> !candidate.mayBeChosen())
            .thenComparing(WORST_FIRST.reversed())
            .thenComparing(Candidate::field, nullsFirst(naturalOrder()));

    static Candidate of(Facts.Texted texted, Verdict verdict) {
        return new Candidate(texted.ref(), Rule.OUTBOUND, texted.acceptedAt(), texted.updatedAt(), null, verdict);
    }

    static Candidate of(Facts.Holder holder, Rule step, Verdict verdict) {
        return new Candidate(holder.ref(), step, holder.datedAt(), holder.updatedAt(), holder.field(), verdict);
    }

    /** Until another one is chosen. */
    boolean mayBeChosen() {
        return verdict == Verdict.CHOSEN;
    }

    Candidate better(Candidate other) {
        return BEST_FIRST.compare(this, other) <= 0 ? this : other;
    }

    Candidate with(Verdict verdict) {
        return new Candidate(ref, step, at, updatedAt, field, verdict);
    }

    Candidate beatenBy(Candidate chosen) {
        if (!Objects.equals(at, chosen.at)) {
            return with(at == null ? Verdict.UNDATED : Verdict.EARLIER);
        }
        return with(Objects.equals(updatedAt, chosen.updatedAt) ? Verdict.SMALLER_ID : Verdict.UPDATED_EARLIER);
    }
}

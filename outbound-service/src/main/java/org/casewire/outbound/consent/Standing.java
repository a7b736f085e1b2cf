package org.casewire.outbound.consent;

import java.time.Instant;
import java.util.Set;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.ConsentEvent.State;
import org.casewire.events.SiteDocument.ConsentPolicy;

/**
 * What is in force for a number.
 *
 * @param confirmed whether the person has texted START since the last opt-out
 * @param at when it was said
 */
public record Standing(State state, Source source, boolean confirmed, Instant at) {

    /** Ways by which the person's own "no" became known. */
    private static final Set<Source> THE_PERSONS_OWN =
            Set.of(Source.KEYWORD, Source.PLAIN_LANGUAGE, Source.TWILIO_BLOCK);

    /** Whether the person opted out; nobody else can undo that. */
    boolean isThePersonsOwnOptOut() {
        return state == State.OPTED_OUT && THE_PERSONS_OWN.contains(source);
    }

    /** What the state comes to under a policy: a double opt-in is pending until the person has texted START. */
    State under(ConsentPolicy policy) {
        return policy == ConsentPolicy.DOUBLE_OPT_IN && state == State.OPTED_IN && !confirmed ? State.PENDING : state;
    }
}

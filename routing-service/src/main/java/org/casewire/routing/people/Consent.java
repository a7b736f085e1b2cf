package org.casewire.routing.people;

import java.time.Instant;
import java.util.Set;
import org.casewire.events.ConsentEvent.ConsentChanged;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.ConsentEvent.State;
import org.jspecify.annotations.Nullable;

/**
 * What is in force for one number, by the rules outbound sends by.
 *
 * @param state null when all that was said waits for a person to decide
 * @param confirmed whether the person texted START since the last opt-out
 * @param at when it was said
 * @param reviewAt when something was said that waits for a person to decide
 */
record Consent(
        @Nullable State state,
        @Nullable Source source,
        boolean confirmed,
        @Nullable Instant at,
        @Nullable Instant reviewAt) {

    static final Consent UNKNOWN = new Consent(null, null, false, null, null);

    private static final Set<Source> THE_PERSONS_OWN =
            Set.of(Source.KEYWORD, Source.PLAIN_LANGUAGE, Source.TWILIO_BLOCK);

    /** @param now a clock that is ahead must not make everything that comes after it older */
    Consent after(ConsentChanged said, Instant now) {
        Instant when = said.at().isAfter(now) ? now : said.at();
        if (said.state() == State.NEEDS_REVIEW) {
            return review(when);
        }
        if (state == null || at == null) {
            return take(said, when);
        }
        boolean undoes = state == State.OPTED_OUT && said.state() != State.OPTED_OUT;
        boolean older = when.isBefore(at) || undoes && when.equals(at);
        boolean notTheirs = state == State.OPTED_OUT
                && source != null
                && THE_PERSONS_OWN.contains(source)
                && !isThePersonsOwnWord(said.source(), undoes);
        boolean agreedAgain = state == State.OPTED_IN && said.state() == State.PENDING;
        return older || notTheirs || agreedAgain ? this : take(said, when);
    }

    private static boolean isThePersonsOwnWord(Source source, boolean undoes) {
        return switch (source) {
            case KEYWORD -> true;
            case WEB_FORM -> undoes;
            case PLAIN_LANGUAGE -> !undoes;
            case STAFF, UPSTREAM, IMPORT, TWILIO_BLOCK -> false;
        };
    }

    private Consent review(Instant when) {
        boolean settled = state == State.OPTED_OUT
                || at != null && when.isBefore(at)
                || reviewAt != null && when.isBefore(reviewAt);
        return settled ? this : new Consent(state, source, confirmed, at, when);
    }

    private Consent take(ConsentChanged said, Instant when) {
        boolean goesOn = said.state() == State.OPTED_IN && state != null && state != State.OPTED_OUT;
        boolean nowConfirmed = said.state() == State.OPTED_IN && said.source() == Source.KEYWORD || goesOn && confirmed;
        Instant stillOpen = reviewAt != null && when.isBefore(reviewAt) ? reviewAt : null;
        return new Consent(said.state(), said.source(), nowConfirmed, when, stillOpen);
    }
}

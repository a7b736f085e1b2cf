package org.casewire.outbound.consent;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.casewire.events.ConsentEvent.Evidence;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.ConsentEvent.State;
import org.casewire.events.Conversation;
import org.casewire.events.Purpose;
import org.casewire.events.RejectionReason;
import org.casewire.events.SendRequested.Audience;
import org.casewire.events.SiteDocument.ConsentPolicy;
import org.casewire.events.transport.TraceParent;
import org.casewire.outbound.message.Message.Rejection;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Answers whether people may be texted. */
@Service
public class Consents {

    private final ConsentStore store;
    private final ConsentLedger ledger;

    Consents(ConsentStore store, ConsentLedger ledger) {
        this.store = store;
        this.ledger = ledger;
    }

    /**
     * Twilio refused a text because the person had opted out there (21610).
     *
     * @param sid the text that was refused, where it got one
     */
    public record Blocked(
            Conversation person, Instant at, @Nullable String sid) {}

    /** What is in force for people, in one query; those for whom nothing is are missing. */
    public Map<Conversation, Standing> standings(Collection<Conversation> people) {
        return people.isEmpty() ? Map.of() : store.standings(people);
    }

    /** Mirrors Twilio's block list, in the caller's transaction. */
    public void blockedByTwilio(List<Blocked> blocked) {
        ledger.record(blocked.stream()
                .map(one -> new Statement(
                        one.person(),
                        State.OPTED_OUT,
                        Source.TWILIO_BLOCK,
                        List.of(),
                        new Evidence(one.sid(), null, null, null),
                        one.at(),
                        TraceParent.start()))
                .toList());
    }

    /**
     * Why a text may not go to a number, empty when it may.
     *
     * @param standing what is in force, null when nothing was ever said
     */
    public static Optional<Rejection> refusal(
            ConsentPolicy policy, Purpose purpose, Audience audience, @Nullable Standing standing) {
        State state = standing == null ? null : standing.under(policy);
        if (standing != null && state == State.OPTED_OUT) {
            return Optional.of(optedOut(standing));
        }
        boolean isAsked = audience == Audience.CLIENT && purpose != Purpose.OPT_IN;
        return !isAsked || policy == ConsentPolicy.IMPLIED || state == State.OPTED_IN
                ? Optional.empty()
                : Optional.of(missing(state));
    }

    /** What somebody else's word for a person comes to: where START has to confirm it, it is pending until then. */
    static State asSaid(State state, ConsentPolicy policy) {
        return policy == ConsentPolicy.DOUBLE_OPT_IN && state == State.OPTED_IN ? State.PENDING : state;
    }

    private static Rejection optedOut(Standing standing) {
        String undone = standing.isThePersonsOwnOptOut()
                ? "Only the person can undo that, by texting START or filling in the opt-in form."
                : "An administrator can change it when the person agrees.";
        return new Rejection(RejectionReason.OPTED_OUT, "This number has opted out of texts. " + undone);
    }

    private static Rejection missing(@Nullable State state) {
        return new Rejection(
                RejectionReason.CONSENT_MISSING,
                state == State.PENDING
                        ? "The person has agreed to texts but has not confirmed it yet by texting START."
                        : "This site texts only people whose consent is recorded, and none is recorded for this number.");
    }
}

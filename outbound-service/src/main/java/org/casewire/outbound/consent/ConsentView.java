package org.casewire.outbound.consent;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.casewire.events.ConsentEvent.Evidence;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.ConsentEvent.State;
import org.casewire.events.Purpose;
import org.casewire.events.SendRequested.Audience;
import org.casewire.events.SiteDocument.ConsentPolicy;
import org.casewire.outbound.message.Message.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * The consent of a number for people to read.
 *
 * @param state what is in force; UNKNOWN when nothing was ever said, NEEDS_REVIEW when nothing but what waits for a
 *     person to decide
 * @param review what waits for a person to decide while {@code state} holds, null when nothing does
 * @param policy what the site asks for
 * @param refusal why an ordinary text to a client is refused, null when it is not
 */
record ConsentView(
        String contact,
        String state,
        @Nullable Source source,
        List<String> categories,
        @Nullable Evidence evidence,
        @Nullable Instant at,
        @Nullable Review review,
        ConsentPolicy policy,
        @Nullable Rejection refusal) {

    static final String UNKNOWN = "UNKNOWN";

    /** Words that may or may not be an opt-out. */
    record Review(State state, Source source, @Nullable Evidence evidence, Instant at) {}

    static ConsentView of(Consent consent, ConsentPolicy policy) {
        Optional<Review> review = Optional.ofNullable(consent.review())
                .map(waiting -> new Review(State.NEEDS_REVIEW, waiting.source(), waiting.evidence(), waiting.at()));
        Standing standing = consent.standing();
        return new ConsentView(
                consent.person().contact(),
                standing != null
                        ? standing.under(policy).name()
                        : review.map(waiting -> waiting.state().name()).orElse(UNKNOWN),
                standing != null
                        ? standing.source()
                        : review.map(Review::source).orElse(null),
                consent.categories(),
                standing != null
                        ? consent.evidence()
                        : review.map(Review::evidence).orElse(null),
                standing != null ? standing.at() : review.map(Review::at).orElse(null),
                review.orElse(null),
                policy,
                Consents.refusal(policy, Purpose.CONVERSATION, Audience.CLIENT, standing)
                        .orElse(null));
    }
}

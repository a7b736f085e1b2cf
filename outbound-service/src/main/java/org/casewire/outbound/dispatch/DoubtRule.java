package org.casewire.outbound.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteDocument.Doubt.WhenTwilioCannotTell;
import org.casewire.outbound.dispatch.Line.Doubt;
import org.casewire.outbound.gateway.TwilioGateway.Listing;
import org.casewire.outbound.gateway.TwilioGateway.Seen;

/**
 * Decides what became of an attempt in doubt from Twilio's list. A text is sent again only when a list that was read
 * after the grace time does not have it; what Twilio cannot tell, the site's policy decides.
 */
final class DoubtRule {

    /** How far our clock and Twilio's may be apart: a text listed as older than this before the attempt is another. */
    static final Duration CLOCKS = Duration.ofMinutes(2);

    private DoubtRule() {}

    /** What is to be done. */
    sealed interface Decision {

        /** Twilio has it. */
        record Found(Seen text) implements Decision {}

        /** Twilio does not have it. */
        record SendAgain() implements Decision {}

        /** It is too early to say. */
        record LookAgain() implements Decision {}

        /** Twilio cannot tell, and nobody else may decide. */
        record AskPerson() implements Decision {}
    }

    /**
     * Decides.
     *
     * @param recorded SIDs that are some other text's
     * @param readAt when the list was asked for
     */
    static Decision decide(
            Doubt doubt, Listing listing, Set<String> recorded, SiteDocument.Doubt policy, Instant readAt) {
        Instant graceEnds = doubt.attemptAt().plusSeconds(policy.graceSeconds());
        boolean tooEarly = readAt.isBefore(graceEnds);
        return switch (listing) {
            case Listing.NotTold unreadable -> tooEarly ? new Decision.LookAgain() : undecided(doubt, policy, readAt);
            case Listing.Listed(List<Seen> texts) -> {
                List<Seen> matches = texts.stream()
                        .filter(seen -> !recorded.contains(seen.sid()) && couldBe(doubt, seen))
                        .toList();
                if (matches.size() == 1) {
                    yield new Decision.Found(matches.getFirst());
                }
                if (tooEarly) {
                    yield new Decision.LookAgain();
                }
                yield matches.isEmpty() ? new Decision.SendAgain() : undecided(doubt, policy, readAt);
            }
        };
    }

    private static Decision undecided(Doubt doubt, SiteDocument.Doubt policy, Instant now) {
        boolean useful = doubt.expiresAt() == null || doubt.expiresAt().isAfter(now);
        return policy.whenTwilioCannotTell() == WhenTwilioCannotTell.RESEND && useful
                ? new Decision.SendAgain()
                : new Decision.AskPerson();
    }

    private static boolean couldBe(Doubt doubt, Seen seen) {
        String body = doubt.body() == null ? "" : doubt.body();
        return seen.sender().contains(doubt.sender())
                && seen.body().strip().equals(body.strip())
                && seen.media() == (doubt.mediaUrl() == null ? 0 : 1)
                && !seen.createdAt().isBefore(doubt.attemptAt().minus(CLOCKS));
    }
}

package org.casewire.routing.document;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Component;

/** When a file that did not come is tried again, and until when. */
@Component
class Patience {

    private final DocumentProperties settings;

    Patience(DocumentProperties settings) {
        this.settings = settings;
    }

    /**
     * The next try; empty when there is none.
     *
     * @param triedSince when it was tried first
     * @param failingSince since when it fails for this reason
     * @param attempts how often it was tried
     */
    Optional<Instant> next(
            Outcome.NotNow failure, Instant triedSince, Instant failingSince, int attempts, Instant now) {
        Instant end = end(failure.reason(), triedSince, failingSince);
        if (!now.isBefore(end)) {
            return Optional.empty();
        }
        Duration pause = backOff(attempts);
        Instant next = now.plus(pause.compareTo(failure.wished()) > 0 ? pause : failure.wished());
        // The last word is asked for when the time is over, not a whole pause earlier.
        return Optional.of(next.isAfter(end) ? end : next);
    }

    /** What is wrong on our side is no reason to lose a file: Twilio keeps it until it is told otherwise. */
    private Instant end(Reason reason, Instant triedSince, Instant failingSince) {
        return switch (reason) {
            case NOT_FOUND, EMPTY -> failingSince.plus(settings.notFoundFor());
            case STORE_AWAY, UNKNOWN_SITE -> Instant.MAX;
            case FOREIGN_ADDRESS,
                    FORBIDDEN_REDIRECT,
                    TOO_LARGE,
                    TYPE_NOT_KEPT,
                    UNKNOWN_ENCODING,
                    NO_CREDENTIALS,
                    REDIRECT_LOOP,
                    TWILIO_AWAY,
                    TOO_SLOW -> triedSince.plus(settings.giveUpAfter());
        };
    }

    /** Half of it is chance, so that files that failed together do not come back together. */
    Duration backOff(int attempts) {
        long longest = settings.longestBackOff().toMillis();
        long whole = Math.min(settings.firstBackOff().toMillis() << Math.clamp(attempts - 1L, 0, 30), longest);
        return Duration.ofMillis(whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1));
    }
}

package org.casewire.outbound.message;

import java.time.Instant;
import java.util.UUID;

/** An attempt that left no text behind, as far as is known. */
public record Attempt(
        UUID attempt, MessageKey message, int part, Instant startedAt, Instant finishedAt, Outcome outcome) {

    /** How it ended. */
    public enum Outcome {
        /** Twilio said no. */
        REFUSED,
        /** It surely did not reach Twilio, or was not processed there. */
        NOT_PROCESSED,
        /** Neither a callback nor Twilio's list knew it, or a person said so. */
        ABANDONED
    }
}

package org.casewire.outbound.message;

import java.time.Instant;
import java.util.UUID;
import org.casewire.events.OutboundEvent.Hold;
import org.casewire.outbound.message.Message.Rejection;
import org.jspecify.annotations.Nullable;

/** Something that was learned of a part. */
public sealed interface Report {

    MessageKey message();

    int part();

    Instant at();

    /** The attempt that the journal can close with this, null when none is named. */
    default @Nullable UUID attempt() {
        return null;
    }

    /** What the journal says of that attempt. */
    default Outcome outcome() {
        return switch (this) {
            case Told told -> Outcome.TAKEN;
            case Refused refused -> Outcome.REFUSED;
            case NotProcessed not -> Outcome.NOT_PROCESSED;
            case InDoubt doubt -> Outcome.IN_DOUBT;
            case Abandoned abandoned -> Outcome.ABANDONED;
            case Held held -> Outcome.NOT_PROCESSED;
        };
    }

    /** How an attempt ended; TAKEN stays, whatever comes after. */
    enum Outcome {
        TAKEN,
        REFUSED,
        NOT_PROCESSED,
        IN_DOUBT,
        ABANDONED
    }

    /** Who said so. */
    enum Source {
        ANSWER,
        CALLBACK,
        ASKED
    }

    /**
     * Twilio told how the part stands.
     *
     * @param attempt the attempt it names, null when it names none
     * @param reportId tells one report from another, so that a repeat is kept once
     * @param word Twilio's own word for the status
     */
    record Told(
            MessageKey message,
            int part,
            Instant at,
            @Nullable UUID attempt,
            String reportId,
            String sid,
            String word,
            @Nullable Integer errorCode,
            Source source)
            implements Report {}

    /**
     * The part will not be sent.
     *
     * @param attempt null when it was refused before any attempt
     * @param code Twilio's error code, where it is Twilio that refused
     */
    record Refused(
            MessageKey message,
            int part,
            Instant at,
            @Nullable UUID attempt,
            Rejection why,
            @Nullable Integer code) implements Report {}

    /** Twilio surely did not process the attempt: another one is made then. */
    record NotProcessed(MessageKey message, int part, Instant at, UUID attempt, Instant tryAgainAt) implements Report {}

    /** Twilio may or may not have taken the attempt; it is given up when the lease ends without news. */
    record InDoubt(MessageKey message, int part, Instant at, UUID attempt, Instant leaseUntil) implements Report {}

    /** The attempt's lease ended and nobody had news of it. */
    record Abandoned(MessageKey message, int part, Instant at, UUID attempt) implements Report {}

    /** The part is due but may not leave. */
    record Held(MessageKey message, int part, Instant at, Hold reason, Instant until) implements Report {}
}

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

    /** Who said how a text stands. */
    enum Source {
        /** Twilio's answer to the call. */
        ANSWER,
        CALLBACK,
        /** Twilio was asked for this text. */
        ASKED,
        /** The text was found in Twilio's list. */
        LISTED,
        /** A person looked it up at Twilio. */
        PERSON
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

    /** The attempt surely did not reach Twilio, or was not processed there: another one is made then. */
    record NotProcessed(MessageKey message, int part, Instant at, UUID attempt, Instant tryAgainAt) implements Report {}

    /**
     * Twilio may or may not have taken the attempt.
     *
     * @param askTwilioAt when Twilio's list is read next
     * @param askPerson whether Twilio cannot tell, so that a person is to decide
     */
    record InDoubt(MessageKey message, int part, Instant at, UUID attempt, Instant askTwilioAt, boolean askPerson)
            implements Report {}

    /** The attempt is taken as not made: Twilio does not know it, or a person said so. The part is sent again. */
    record Abandoned(MessageKey message, int part, Instant at, UUID attempt) implements Report {}

    /** The part's time has come, and nothing holds it. */
    record Ready(MessageKey message, int part, Instant at) implements Report {}

    /**
     * The part is due but may not leave.
     *
     * @param attempt the claim that found out, null when it was not claimed
     * @param until when it may, null when nobody knows
     */
    record Held(
            MessageKey message,
            int part,
            Instant at,
            @Nullable UUID attempt,
            Hold reason,
            @Nullable Instant until) implements Report {}
}

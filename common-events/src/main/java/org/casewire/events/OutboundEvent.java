package org.casewire.events;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a message, on {@link Topics#OUTBOUND}. */
public sealed interface OutboundEvent extends Event {

    /** The message this is about: the fields that stand on every event of it. */
    MessageHeader message();

    /** When it happened. */
    Instant at();

    @Override
    default String topic() {
        return Topics.OUTBOUND;
    }

    @Override
    default String site() {
        return message().site();
    }

    @Override
    default String key() {
        return new Conversation(message().site(), message().to()).key();
    }

    @Override
    default String subject() {
        return message().messageId().toString();
    }

    /** The message waits for its time. */
    record MessageScheduled(
            @JsonUnwrapped MessageHeader message,
            Instant at,
            Instant sendAt,
            @Nullable String body) implements OutboundEvent {}

    /** The message may not leave yet. */
    record MessageHeld(
            @JsonUnwrapped MessageHeader message,
            Instant at,
            Hold reason,
            @Nullable Instant until) implements OutboundEvent {}

    /**
     * Twilio took one part; this stands before any status of that part.
     *
     * @param part 1 to {@code parts}
     * @param sid Twilio's identifier of the part
     * @param segments how many segments the part is on the air; a picture counts 1
     * @param body as sent; null where it was a picture, or its recipient's texts were erased while it waited
     */
    record MessageAccepted(
            @JsonUnwrapped MessageHeader message,
            Instant at,
            int part,
            int parts,
            String sid,
            int segments,
            @Nullable String body,
            List<String> mediaUrls)
            implements OutboundEvent {
        public MessageAccepted {
            mediaUrls = mediaUrls == null ? List.of() : mediaUrls;
        }
    }

    /**
     * A part moved forward; it never moves back.
     *
     * @param sid null when the part was refused and so never got one
     * @param errorCode Twilio's code when the status is UNDELIVERED or FAILED
     */
    record MessageStatusChanged(
            @JsonUnwrapped MessageHeader message,
            Instant at,
            int part,
            @Nullable String sid,
            Status status,
            @Nullable Integer errorCode)
            implements OutboundEvent {}

    /** The message is not sent and will not be. */
    record MessageRejected(
            @JsonUnwrapped MessageHeader message,
            Instant at,
            RejectionReason reason,
            String detail,
            @Nullable String body)
            implements OutboundEvent {}

    /** The message was called off before it left. */
    record MessageCancelled(
            @JsonUnwrapped MessageHeader message,
            Instant at,
            @Nullable String by,
            @Nullable String reason) implements OutboundEvent {}

    /** Why a message waits although it is due. */
    enum Hold {
        QUIET_HOURS,
        NUMBER_ON_HOLD,
        SENDER_PAUSED,
        SITE_PAUSED,
        NO_CREDENTIALS
    }

    /** What is known of a part at Twilio. */
    enum Status {
        QUEUED,
        SENT,
        DELIVERED,
        UNDELIVERED,
        FAILED,
        READ
    }
}

package org.casewire.outbound.message;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One Twilio message of a message.
 *
 * @param number 1 to the message's number of parts
 * @param segments how many segments it is on the air; a picture counts 1
 * @param attempt the attempt that is out, or that got through
 * @param leaseUntil when an attempt that nobody reports on is given up
 * @param askAt when Twilio is next asked how it stands, null when it need not be
 */
public record Part(
        int number,
        @Nullable String body,
        @Nullable String mediaUrl,
        int segments,
        MessageStatus status,
        @Nullable String sid,
        @Nullable Integer errorCode,
        @Nullable UUID attempt,
        Instant dueAt,
        @Nullable Instant leaseUntil,
        @Nullable Instant askAt,
        Instant updatedAt) {

    boolean isOutAs(@Nullable UUID reported) {
        return status.isOut() && attempt != null && attempt.equals(reported);
    }

    /** Twilio has it under that SID. */
    Part taken(String twilioSid, Instant askNext, Instant at) {
        return new Part(
                number,
                body,
                mediaUrl,
                segments,
                MessageStatus.ACCEPTED,
                twilioSid,
                null,
                attempt,
                dueAt,
                null,
                askNext,
                at);
    }

    Part advanced(MessageStatus to, @Nullable Integer code, Instant at) {
        Instant ask = to.isFinal() ? null : askAt;
        return new Part(number, body, mediaUrl, segments, to, sid, code, attempt, dueAt, null, ask, at);
    }

    Part waiting(MessageStatus as, Instant until, Instant at) {
        return new Part(number, body, mediaUrl, segments, as, sid, errorCode, null, until, null, null, at);
    }

    Part doubted(Instant lease, Instant at) {
        return new Part(
                number,
                body,
                mediaUrl,
                segments,
                MessageStatus.IN_DOUBT,
                sid,
                errorCode,
                attempt,
                dueAt,
                lease,
                null,
                at);
    }
}

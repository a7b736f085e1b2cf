package org.casewire.outbound.message;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One Twilio message of a message.
 *
 * @param number 1 to the message's number of parts
 * @param segments how many segments it is on the air; a picture counts 1
 * @param attempt the attempt that is out, or that got through, with the time it began
 * @param dueAt when a part that waits is next looked at
 * @param leaseUntil while an attempt is out: when whoever made it counts as dead; in doubt: when Twilio is asked next
 * @param askPerson whether Twilio could not tell what became of the attempt, and a person is to decide
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
        @Nullable Instant attemptAt,
        Instant dueAt,
        @Nullable Instant leaseUntil,
        boolean askPerson,
        @Nullable Instant askAt,
        Instant updatedAt) {

    boolean isOutAs(@Nullable UUID reported) {
        return status.isOut() && attempt != null && attempt.equals(reported);
    }

    /** Twilio has it under that SID. */
    Part taken(String twilioSid, Instant askNext, Instant at) {
        return changed(MessageStatus.ACCEPTED, twilioSid, null, attempt, dueAt, null, false, askNext, at);
    }

    Part advanced(MessageStatus to, @Nullable Integer code, Instant at) {
        return changed(to, sid, code, attempt, dueAt, null, false, to.isFinal() ? null : askAt, at);
    }

    Part waiting(MessageStatus as, Instant until, Instant at) {
        return changed(as, sid, errorCode, null, until, null, false, null, at);
    }

    Part doubted(Instant askTwilio, boolean person, Instant at) {
        return changed(MessageStatus.IN_DOUBT, sid, errorCode, attempt, dueAt, askTwilio, person, null, at);
    }

    private Part changed(
            MessageStatus to,
            @Nullable String twilioSid,
            @Nullable Integer code,
            @Nullable UUID out,
            Instant due,
            @Nullable Instant lease,
            boolean person,
            @Nullable Instant ask,
            Instant at) {
        return new Part(
                number,
                body,
                mediaUrl,
                segments,
                to,
                twilioSid,
                code,
                out,
                out == null ? null : attemptAt,
                due,
                lease,
                person,
                ask,
                at);
    }
}

package org.casewire.routing.sent;

import java.time.Instant;
import java.util.List;
import org.casewire.events.OutboundEvent.MessageAccepted;
import org.casewire.events.OutboundEvent.MessageStatusChanged;
import org.jspecify.annotations.Nullable;

/**
 * One part of a message: one message at Twilio.
 *
 * @param acceptedAt when Twilio took it; null when it was refused
 */
record Part(
        int part,
        @Nullable String sid,
        @Nullable Instant acceptedAt,
        MessageStatus status,
        @Nullable Integer errorCode,
        @Nullable String body,
        List<String> mediaUrls) {

    static Part unknown(int part) {
        return new Part(part, null, null, MessageStatus.SENDING, null, null, List.of());
    }

    static Part rejected(@Nullable String body) {
        return new Part(1, null, null, MessageStatus.REJECTED, null, body, List.of());
    }

    /** A status may have been seen first: it stays. */
    Part accepted(MessageAccepted accepted) {
        return new Part(
                part,
                accepted.sid(),
                accepted.at(),
                status.isAfter(MessageStatus.ACCEPTED) ? status : MessageStatus.ACCEPTED,
                errorCode,
                accepted.body(),
                accepted.mediaUrls());
    }

    Part moved(MessageStatusChanged changed) {
        MessageStatus next = MessageStatus.of(changed.status());
        return next.isAfter(status)
                ? new Part(
                        part, sid == null ? changed.sid() : sid, acceptedAt, next, changed.errorCode(), body, mediaUrls)
                : this;
    }

    Part withoutWords() {
        return new Part(part, sid, acceptedAt, status, errorCode, null, List.of());
    }

    /** A part that Twilio refused never got a SID; the parts behind it are not sent. */
    boolean refused() {
        return sid == null && status == MessageStatus.FAILED;
    }
}

package org.casewire.outbound.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.casewire.events.MessageHeader;
import org.casewire.events.OutboundEvent;
import org.casewire.events.OutboundEvent.Hold;
import org.casewire.events.OutboundEvent.MessageAccepted;
import org.casewire.events.OutboundEvent.MessageHeld;
import org.casewire.events.OutboundEvent.MessageRejected;
import org.casewire.events.OutboundEvent.MessageStatusChanged;
import org.casewire.events.RejectionReason;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way: every change goes through here, checks the state it leaves, and leaves the event that tells
 * of it. Nothing moves backwards, and the same thing told twice changes nothing.
 */
public final class Message {

    private final MessageHeader header;
    private final String traceParent;
    private final List<Part> parts;
    private final List<OutboundEvent> events = new ArrayList<>();
    private @Nullable Hold hold;
    private @Nullable Rejection rejection;

    Message(MessageHeader header, String traceParent, List<Part> parts, @Nullable Hold hold) {
        this.header = header;
        this.traceParent = traceParent;
        this.parts = new ArrayList<>(parts);
        this.hold = hold;
    }

    /** Why a message will not be sent. */
    public record Rejection(RejectionReason reason, String detail) {}

    public MessageKey key() {
        return new MessageKey(header.site(), header.messageId());
    }

    /**
     * Twilio told, by its answer, a callback or when asked, how a part stands.
     *
     * @param askNext when to ask if nothing more is heard
     * @return whether the part moved forward
     */
    boolean told(
            int number, String sid, MessageStatus status, @Nullable Integer errorCode, Instant askNext, Instant at) {
        Part part = part(number);
        boolean first = part.sid() == null;
        if (first) {
            part = part.taken(sid, askNext, at);
            events.add(new MessageAccepted(
                    header,
                    at,
                    number,
                    parts.size(),
                    sid,
                    part.segments(),
                    part.body(),
                    part.mediaUrl() == null ? List.of() : List.of(part.mediaUrl())));
        }
        boolean moves = part.status().isBefore(status);
        if (moves) {
            part = part.advanced(status, errorCode, at);
            events.add(new MessageStatusChanged(header, at, number, sid, status.onTheLog(), errorCode));
        }
        replace(part);
        return first || moves;
    }

    /** Whether that SID cannot be this part's: another attempt had got through, and the person has the text twice. */
    boolean isDouble(int number, String sid) {
        String known = part(number).sid();
        return known != null && !known.equals(sid);
    }

    /** The part is not sent and never will be, nor are the ones after it. */
    void refused(int number, @Nullable UUID attempt, Rejection why, @Nullable Integer code, Instant at) {
        Part part = part(number);
        if (!part.isOutAs(attempt) && !(attempt == null && part.status().isWaiting())) {
            return;
        }
        // A later part waits for what becomes of the earlier ones: only then is it known how the message ends.
        if (parts.stream()
                .anyMatch(other -> other.number() < number && other.status().isOpen())) {
            return;
        }
        boolean nothingLeft = parts.stream().noneMatch(other -> other.status().isWithTwilio());
        MessageStatus end = nothingLeft ? MessageStatus.REJECTED : MessageStatus.FAILED;
        parts.stream()
                .filter(other -> other.number() >= number)
                .toList()
                .forEach(other -> replace(other.advanced(end, other.number() == number ? code : null, at)));
        if (nothingLeft) {
            rejection = why;
            events.add(new MessageRejected(header, at, why.reason(), why.detail(), part.body()));
        } else {
            events.add(new MessageStatusChanged(header, at, number, null, OutboundEvent.Status.FAILED, code));
        }
    }

    /** Twilio surely did not process the attempt: the part is in line again, to be tried at that time. */
    void postponed(int number, UUID attempt, Instant until, Instant at) {
        Part part = part(number);
        if (part.isOutAs(attempt)) {
            replace(part.waiting(MessageStatus.WAITING, until, at));
        }
    }

    /** Nobody knows whether Twilio took the attempt. */
    void doubted(int number, UUID attempt, Instant leaseUntil, Instant at) {
        Part part = part(number);
        if (part.isOutAs(attempt)) {
            replace(part.doubted(leaseUntil, at));
        }
    }

    /** The attempt is given up; the part is in line again. */
    void released(int number, UUID attempt, Instant at) {
        postponed(number, attempt, at, at);
    }

    /** A part that is due may not leave yet. */
    void held(int number, Hold reason, Instant until, Instant at) {
        Part part = part(number);
        if (!part.status().isWaiting()) {
            return;
        }
        if (hold != reason || parts.stream().noneMatch(other -> other.status() == MessageStatus.HELD)) {
            events.add(new MessageHeld(header, at, reason, null));
        }
        hold = reason;
        replace(part.waiting(MessageStatus.HELD, until, at));
    }

    boolean hasPart(int number) {
        return number >= 1 && number <= parts.size();
    }

    Part part(int number) {
        return parts.get(number - 1);
    }

    private void replace(Part part) {
        parts.set(part.number() - 1, part);
    }

    List<Part> parts() {
        return List.copyOf(parts);
    }

    MessageStatus status() {
        return MessageStatus.of(parts.stream().map(Part::status).toList());
    }

    List<OutboundEvent> events() {
        return List.copyOf(events);
    }

    String traceParent() {
        return traceParent;
    }

    @Nullable
    Hold hold() {
        return status() == MessageStatus.HELD ? hold : null;
    }

    Optional<Rejection> rejection() {
        return Optional.ofNullable(rejection);
    }

    Optional<String> sender() {
        return Optional.ofNullable(header.from());
    }

    String contact() {
        return header.to();
    }
}

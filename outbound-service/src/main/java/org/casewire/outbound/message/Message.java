package org.casewire.outbound.message;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.casewire.events.Conversation;
import org.casewire.events.MessageHeader;
import org.casewire.events.OutboundEvent;
import org.casewire.events.OutboundEvent.Hold;
import org.casewire.events.OutboundEvent.MessageAccepted;
import org.casewire.events.OutboundEvent.MessageCancelled;
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
    private final Instant wantedAt;
    private final List<Part> parts;
    private final boolean erased;
    private final List<OutboundEvent> events = new ArrayList<>();
    private @Nullable Hold hold;
    private final List<Attempt> attempts = new ArrayList<>();
    private @Nullable Rejection rejection;
    private @Nullable Cancellation cancellation;

    /** When a hold is looked at again whose end nobody knows: as soon as somebody ends it. */
    public static final Instant HOLD_WITHOUT_END = Instant.parse("9999-12-31T00:00:00Z");

    /**
     * @param wantedAt when it was asked for, or the time it was asked to leave at
     * @param erased whether its words are told to nobody but Twilio: its recipient's texts were erased while it waited
     */
    Message(
            MessageHeader header,
            String traceParent,
            Instant wantedAt,
            List<Part> parts,
            @Nullable Hold hold,
            boolean erased) {
        this.header = header;
        this.traceParent = traceParent;
        this.wantedAt = wantedAt;
        this.parts = new ArrayList<>(parts);
        this.hold = hold;
        this.erased = erased;
    }

    /** Why a message will not be sent. */
    public record Rejection(
            @Schema(description = "as in `MessageRejected`; in a problem, and in a preview, it is the code")
            RejectionReason reason,

            String detail) {}

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
                    erased ? null : part.body(),
                    erased || part.mediaUrl() == null ? List.of() : List.of(part.mediaUrl())));
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

    /** Whether a text nobody expected any more left after all: it was told that it would not be sent. */
    boolean isLateTruth(int number) {
        Part part = part(number);
        return part.sid() == null && part.status().isFinal();
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
        if (part.status().isOut()) {
            journal(part, Attempt.Outcome.REFUSED, at);
        }
        boolean nothingLeft = parts.stream().noneMatch(other -> other.status().isWithTwilio());
        MessageStatus end = nothingLeft ? MessageStatus.REJECTED : MessageStatus.FAILED;
        parts.stream()
                .filter(other -> other.number() >= number)
                .toList()
                .forEach(other -> replace(other.advanced(end, other.number() == number ? code : null, at)));
        if (nothingLeft) {
            rejection = why;
            events.add(new MessageRejected(header, at, why.reason(), why.detail(), wholeBody()));
        } else {
            events.add(new MessageStatusChanged(header, at, number, null, OutboundEvent.Status.FAILED, code));
        }
    }

    private @Nullable String wholeBody() {
        List<String> bodies =
                parts.stream().map(Part::body).filter(Objects::nonNull).toList();
        return erased || bodies.isEmpty() ? null : String.join(" ", bodies);
    }

    /** The attempt left nothing behind at Twilio: the part is in line again, to be tried at that time. */
    void postponed(int number, UUID attempt, Instant until, Instant at) {
        Part part = part(number);
        if (part.isOutAs(attempt)) {
            journal(part, Attempt.Outcome.NOT_PROCESSED, at);
            replace(part.waiting(MessageStatus.WAITING, until, at));
        }
    }

    /** Nobody knows whether Twilio took the attempt. */
    void doubted(int number, UUID attempt, Instant askTwilioAt, boolean askPerson, Instant at) {
        Part part = part(number);
        if (part.isOutAs(attempt)) {
            replace(part.doubted(askTwilioAt, askPerson, at));
        }
    }

    /** The attempt is given up; the part is in line again. */
    void released(int number, UUID attempt, Instant at) {
        Part part = part(number);
        if (part.isOutAs(attempt)) {
            journal(part, Attempt.Outcome.ABANDONED, at);
            replace(part.waiting(MessageStatus.WAITING, at, at));
        }
    }

    /** The part's time has come and nothing holds it. */
    void ready(int number, Instant at) {
        Part part = part(number);
        if (part.status() == MessageStatus.SCHEDULED || part.status() == MessageStatus.HELD) {
            replace(part.waiting(MessageStatus.WAITING, at, at));
        }
    }

    /** A part that is due may not leave yet; the ones after it wait behind it. */
    void held(int number, @Nullable UUID attempt, Hold reason, @Nullable Instant until, Instant at) {
        Part part = part(number);
        if (!part.status().isWaiting() && !part.isOutAs(attempt)) {
            return;
        }
        Instant again = until == null ? HOLD_WITHOUT_END : until;
        boolean held = part.status() == MessageStatus.HELD;
        boolean news = hold != reason
                || held && !part.dueAt().equals(again)
                || parts.stream().noneMatch(other -> other.status() == MessageStatus.HELD);
        hold = reason;
        replace(part.waiting(MessageStatus.HELD, again, at));
        if (news) {
            events.add(new MessageHeld(header, at, reason, until));
        }
    }

    /** What came of calling a message off. */
    public enum Cancelled {
        NOW,
        BEFORE,
        ALREADY_LEFT,
        ALREADY_ENDED
    }

    /** Calls the message off, unless a part of it is at Twilio or on its way there. */
    Cancelled cancel(@Nullable String by, @Nullable String reason, Instant at) {
        MessageStatus stands = status();
        if (stands == MessageStatus.CANCELLED) {
            return Cancelled.BEFORE;
        }
        if (stands == MessageStatus.REJECTED) {
            return Cancelled.ALREADY_ENDED;
        }
        if (!parts.stream().allMatch(part -> part.status().isWaiting())) {
            return stands.isFinal() ? Cancelled.ALREADY_ENDED : Cancelled.ALREADY_LEFT;
        }
        List.copyOf(parts).forEach(part -> replace(part.advanced(MessageStatus.CANCELLED, null, at)));
        cancellation = new Cancellation(by, reason);
        events.add(new MessageCancelled(header, at, by, reason));
        return Cancelled.NOW;
    }

    /** Who called a message off, and why. */
    record Cancellation(@Nullable String by, @Nullable String reason) {}

    private void journal(Part part, Attempt.Outcome outcome, Instant at) {
        if (part.attempt() != null && part.attemptAt() != null) {
            attempts.add(new Attempt(part.attempt(), key(), part.number(), part.attemptAt(), at, outcome));
        }
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

    Instant wantedAt() {
        return wantedAt;
    }

    @Nullable
    Hold hold() {
        return status() == MessageStatus.HELD ? hold : null;
    }

    /** Attempts that ended here without a text. */
    List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    Optional<Cancellation> cancellation() {
        return Optional.ofNullable(cancellation);
    }

    Optional<Rejection> rejection() {
        return Optional.ofNullable(rejection);
    }

    /** What an error code of Twilio's says something about. */
    Failure failure(@Nullable String sid, int code, Instant at) {
        return new Failure(person(), String.valueOf(header.from()), sid, code, at);
    }

    Conversation person() {
        return new Conversation(header.site(), header.to());
    }
}

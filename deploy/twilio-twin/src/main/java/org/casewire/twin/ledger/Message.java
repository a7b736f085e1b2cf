package org.casewire.twin.ledger;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.casewire.twin.account.Account;
import org.casewire.twin.journal.Journal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** One message at Twilio, either way: what never changes, and a state that is replaced as a whole. */
public final class Message implements Journal.Entry {

    static final String KIND = "message";

    /** Who sends what to whom. */
    public record Envelope(
            Account account, Direction direction, @Nullable String service, String from, String to) {}

    /** What is in it. */
    public record Content(String text, List<Media> media) {
        /** The segments it takes of the sender's rate; a picture counts as one. */
        public int segments() {
            return media.isEmpty() ? Segments.of(text) : 1;
        }
    }

    /** How it is to be treated on its way. */
    public record Terms(@Nullable String statusCallback, int validitySeconds) {
        /** No callbacks, Twilio's ten hours. */
        public static final Terms DEFAULT = new Terms(null, 36_000);
    }

    /** What changes; {@code receivedAt} is when the handset had it. */
    public record State(
            Status status,
            int errorCode,
            Instant updatedAt,
            @Nullable Instant sentAt,
            @Nullable Instant receivedAt,
            boolean redacted,
            boolean deleted) {

        static State initial(Status status, Instant at) {
            return new State(status, 0, at, status == Status.RECEIVED ? at : null, null, false, false);
        }
    }

    private final long sequence;
    private final String sid;
    private final Envelope envelope;
    private final Content content;
    private final Terms terms;
    private final Instant createdAt;
    private final int segments;
    private final AtomicBoolean unwritten = new AtomicBoolean();
    private volatile State state;

    Message(
            long sequence,
            String sid,
            Envelope envelope,
            Content content,
            Terms terms,
            Instant createdAt,
            State state) {
        this.sequence = sequence;
        this.sid = sid;
        this.envelope = envelope;
        this.content = content;
        this.terms = terms;
        this.createdAt = createdAt;
        this.segments = content.segments();
        this.state = state;
    }

    long sequence() {
        return sequence;
    }

    /** Twilio's SID for it. */
    public String sid() {
        return sid;
    }

    /** The account it belongs to. */
    public Account account() {
        return envelope.account();
    }

    /** Which way it goes. */
    public Direction direction() {
        return envelope.direction();
    }

    /** The Messaging Service it was given to, or null. */
    public @Nullable String service() {
        return envelope.service();
    }

    /** Who sends it. */
    public String from() {
        return envelope.from();
    }

    /** Who is to receive it. */
    public String to() {
        return envelope.to();
    }

    /** What the person reads, also after the account had it removed from Twilio. */
    public String text() {
        return content.text();
    }

    /** The body as the account sees it. */
    public String body() {
        return state.redacted() ? "" : content.text();
    }

    /** Its files. */
    public List<Media> media() {
        return content.media();
    }

    /** The segments it takes. */
    public int segments() {
        return segments;
    }

    /** Where its status goes, or null. */
    public @Nullable String statusCallback() {
        return terms.statusCallback();
    }

    /** When it was made. */
    public Instant createdAt() {
        return createdAt;
    }

    /** Until when it may wait for its sender's turn. */
    public Instant validUntil() {
        return createdAt.plusSeconds(terms.validitySeconds());
    }

    /** How it stands now. */
    public State state() {
        return state;
    }

    /** Whether a handset shows it. */
    boolean isShown() {
        return direction() == Direction.INBOUND || state.receivedAt() != null;
    }

    /** Since when a handset shows it. */
    public Instant shownAt() {
        Instant received = state.receivedAt();
        return received == null ? createdAt : received;
    }

    /** Goes on to a status of its way out. */
    synchronized void move(Status status, int errorCode, Instant at) {
        State was = state;
        state = new State(
                status,
                errorCode,
                at,
                status == Status.SENT ? at : was.sentAt(),
                status == Status.DELIVERED ? at : was.receivedAt(),
                was.redacted(),
                was.deleted());
    }

    synchronized void redact(Instant at) {
        State was = state;
        state = new State(was.status(), was.errorCode(), at, was.sentAt(), was.receivedAt(), true, was.deleted());
    }

    synchronized void delete(Instant at) {
        State was = state;
        state = new State(was.status(), was.errorCode(), at, was.sentAt(), was.receivedAt(), true, true);
    }

    /** True for the first change since it was last written. */
    boolean needsWriting() {
        return unwritten.compareAndSet(false, true);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void write(JsonGenerator json) {
        unwritten.set(false);
        MessageLine.write(this, json);
    }
}

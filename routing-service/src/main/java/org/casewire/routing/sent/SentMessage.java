package org.casewire.routing.sent;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.casewire.events.Conversation;
import org.casewire.events.MessageHeader;
import org.casewire.events.OutboundEvent.MessageAccepted;
import org.casewire.events.OutboundEvent.MessageRejected;
import org.casewire.events.OutboundEvent.MessageStatusChanged;
import org.jspecify.annotations.Nullable;

/** A message as outbound told of it, in all its parts. */
public final class SentMessage {

    private final Conversation conversation;
    private final Instant at;
    private final SortedMap<Integer, Part> parts = new TreeMap<>();
    private MessageHeader header;
    private int totalParts;
    private @Nullable Rejection rejection;
    private @Nullable Instant erasedAt;

    /** Why a message was never sent. */
    public record Rejection(String reason, @Nullable String detail) {}

    /** @param at its first event */
    SentMessage(Conversation conversation, MessageHeader header, Instant at) {
        this.conversation = conversation;
        this.header = header;
        this.at = at;
        this.totalParts = 1;
    }

    /** A message as it was stored. */
    SentMessage(
            Conversation conversation,
            MessageHeader header,
            Instant at,
            int totalParts,
            Collection<Part> parts,
            @Nullable Rejection rejection,
            @Nullable Instant erasedAt) {
        this(conversation, header, at);
        this.totalParts = totalParts;
        this.rejection = rejection;
        this.erasedAt = erasedAt;
        parts.forEach(part -> this.parts.put(part.part(), part));
    }

    /** Returns whether this is the first we hear of it. */
    boolean accepted(MessageAccepted accepted) {
        Part part = parts.getOrDefault(accepted.part(), Part.unknown(accepted.part()));
        if (part.acceptedAt() != null) {
            return false;
        }
        header = accepted.message();
        totalParts = Math.max(totalParts, accepted.parts());
        parts.put(accepted.part(), part.accepted(accepted));
        return true;
    }

    void moved(MessageStatusChanged changed) {
        totalParts = Math.max(totalParts, changed.part());
        parts.put(
                changed.part(),
                parts.getOrDefault(changed.part(), Part.unknown(changed.part())).moved(changed));
    }

    void rejected(MessageRejected rejected) {
        if (parts.isEmpty()) {
            parts.put(1, Part.rejected(rejected.body()));
            rejection = new Rejection(rejected.reason().name(), rejected.detail());
        }
    }

    /** Takes the words of what had left by then. */
    void erasePartsUntil(Instant moment) {
        erasedAt = moment;
        parts.replaceAll((number, part) ->
                part.acceptedAt() == null || !part.acceptedAt().isAfter(moment) ? part.withoutWords() : part);
    }

    /** When its words were erased, if they were. */
    public Optional<Instant> erasedAt() {
        return Optional.ofNullable(erasedAt);
    }

    /** The least advanced part's status; once all are final, the worst. */
    public MessageStatus status() {
        return decisive().status();
    }

    /** Twilio's code where the status is a failure. */
    public @Nullable Integer errorCode() {
        return decisive().errorCode();
    }

    private Part decisive() {
        boolean allThere = parts.size() >= totalParts || parts.values().stream().anyMatch(Part::refused);
        Part leastAdvanced = allThere
                ? parts.values().stream()
                        .min(Comparator.comparingInt(part -> part.status().rank()))
                        .orElseGet(() -> Part.unknown(1))
                : Part.unknown(totalParts);
        return leastAdvanced.status().isFinal() ? worst().orElse(leastAdvanced) : leastAdvanced;
    }

    private Optional<Part> worst() {
        return parts.values().stream().min(Comparator.comparingInt(part -> switch (part.status()) {
            case FAILED -> 0;
            case UNDELIVERED -> 1;
            case DELIVERED -> 2;
            case READ, REJECTED, SENDING, ACCEPTED, QUEUED, SENT -> 3;
        }));
    }

    /** The whole text as sent; splits fall between words. */
    public String body() {
        StringBuilder whole = new StringBuilder();
        parts.values().stream().map(Part::body).filter(Objects::nonNull).forEach(text -> {
            boolean together = whole.isEmpty()
                    || text.isEmpty()
                    || Character.isWhitespace(whole.charAt(whole.length() - 1))
                    || Character.isWhitespace(text.charAt(0));
            whole.append(together ? "" : " ").append(text);
        });
        return whole.toString();
    }

    /** The pictures sent, by their addresses. */
    public List<String> mediaUrls() {
        return parts.values().stream()
                .flatMap(part -> part.mediaUrls().stream())
                .toList();
    }

    @Nullable
    Instant lastAcceptedAt() {
        return parts.values().stream()
                .map(Part::acceptedAt)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** What names it. */
    public MessageKey key() {
        return new MessageKey(conversation.site(), header.messageId());
    }

    /** The message's id. */
    public UUID messageId() {
        return header.messageId();
    }

    /** With whom. */
    public Conversation conversation() {
        return conversation;
    }

    /** Sender, case, author and purpose. */
    public MessageHeader header() {
        return header;
    }

    /** When it was first told of. */
    public Instant at() {
        return at;
    }

    /** Why it was never sent, if it was not. */
    public Optional<Rejection> rejection() {
        return Optional.ofNullable(rejection);
    }

    int totalParts() {
        return totalParts;
    }

    Collection<Part> parts() {
        return parts.values();
    }
}

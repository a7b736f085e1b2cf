package org.casewire.routing.sent;

import org.casewire.events.OutboundEvent.Status;

/** What became of a message or of one part of it, from the least to the most advanced. */
public enum MessageStatus {
    SENDING(0),
    ACCEPTED(1),
    QUEUED(2),
    SENT(3),
    DELIVERED(4),
    UNDELIVERED(4),
    FAILED(4),
    READ(5),
    REJECTED(6);

    private final int rank;

    MessageStatus(int rank) {
        this.rank = rank;
    }

    static MessageStatus of(Status status) {
        return switch (status) {
            case QUEUED -> QUEUED;
            case SENT -> SENT;
            case DELIVERED -> DELIVERED;
            case UNDELIVERED -> UNDELIVERED;
            case FAILED -> FAILED;
            case READ -> READ;
        };
    }

    /** Whether it is a step forward; of two of one rank the first stays. */
    boolean isAfter(MessageStatus other) {
        return rank > other.rank;
    }

    boolean isFinal() {
        return rank >= DELIVERED.rank;
    }

    int rank() {
        return rank;
    }
}

package org.casewire.outbound.message;

import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import org.casewire.events.OutboundEvent.Status;

/**
 * Where a part, or a message, stands; in the order of advancement, the final ones from best to worst.
 *
 * <p>A message stands where its least advanced part stands and, once all are final, where the worst one ended.
 */
public enum MessageStatus {
    SCHEDULED,
    HELD,
    WAITING,
    SENDING,
    IN_DOUBT,
    ACCEPTED,
    QUEUED,
    SENT,
    READ,
    DELIVERED,
    UNDELIVERED,
    FAILED,
    REJECTED,
    CANCELLED;

    /** Whether nothing can follow but, after DELIVERED, that the person read it. */
    public boolean isFinal() {
        return compareTo(READ) >= 0;
    }

    /** Whether the part has not been handed to Twilio and is not about to be. */
    public boolean isWaiting() {
        return compareTo(WAITING) <= 0;
    }

    /** Whether it is not known yet whether Twilio takes the part. */
    boolean isOpen() {
        return isWaiting() || isOut();
    }

    /** Whether an attempt is out whose outcome is not known. */
    boolean isOut() {
        return this == SENDING || this == IN_DOUBT;
    }

    /** Whether Twilio has or had it. */
    boolean isWithTwilio() {
        return compareTo(ACCEPTED) >= 0 && compareTo(FAILED) <= 0;
    }

    /** Of two reports the higher rank stands; of one rank the first (Twilio repeats and reorders its callbacks). */
    boolean isBefore(MessageStatus reported) {
        return rank() < reported.rank();
    }

    private int rank() {
        return switch (this) {
            case SCHEDULED, HELD, WAITING, SENDING, IN_DOUBT -> 0;
            case ACCEPTED -> 1;
            case QUEUED -> 2;
            case SENT -> 3;
            case DELIVERED, UNDELIVERED, FAILED, REJECTED, CANCELLED -> 4;
            case READ -> 5;
        };
    }

    /** Where a message stands whose parts stand there. */
    static MessageStatus of(Collection<MessageStatus> parts) {
        return parts.stream().allMatch(MessageStatus::isFinal) ? Collections.max(parts) : Collections.min(parts);
    }

    /** Twilio's word for a status (Message resource, "status"); empty for one that does not exist yet. */
    public static Optional<MessageStatus> fromTwilio(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "accepted", "scheduled", "queued", "sending" -> Optional.of(QUEUED);
            case "sent" -> Optional.of(SENT);
            case "delivered", "partially_delivered" -> Optional.of(DELIVERED);
            case "undelivered" -> Optional.of(UNDELIVERED);
            case "failed", "canceled" -> Optional.of(FAILED);
            case "read" -> Optional.of(READ);
            default -> Optional.empty();
        };
    }

    /** How the status is told on the log. */
    Status onTheLog() {
        return switch (this) {
            case SCHEDULED, HELD, WAITING, SENDING, IN_DOUBT, ACCEPTED, QUEUED -> Status.QUEUED;
            case SENT -> Status.SENT;
            case DELIVERED -> Status.DELIVERED;
            case UNDELIVERED -> Status.UNDELIVERED;
            case READ -> Status.READ;
            case FAILED, REJECTED, CANCELLED -> Status.FAILED;
        };
    }
}

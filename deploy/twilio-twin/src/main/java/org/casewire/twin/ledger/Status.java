package org.casewire.twin.ledger;

import java.util.Locale;

/** Where a message stands, in Twilio's words. */
public enum Status {
    ACCEPTED,
    QUEUED,
    SENT,
    DELIVERED,
    UNDELIVERED,
    FAILED,
    RECEIVED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** Twilio's word. */
    public String word() {
        return word;
    }

    /** Whether the message has not left yet. */
    public boolean waits() {
        return this == ACCEPTED || this == QUEUED;
    }
}

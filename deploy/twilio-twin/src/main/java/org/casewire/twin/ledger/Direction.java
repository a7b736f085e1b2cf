package org.casewire.twin.ledger;

/** Which way a message goes, in Twilio's words. */
public enum Direction {
    INBOUND("inbound"),
    OUTBOUND_API("outbound-api"),
    OUTBOUND_REPLY("outbound-reply");

    private final String word;

    Direction(String word) {
        this.word = word;
    }

    /** Twilio's word. */
    public String word() {
        return word;
    }
}

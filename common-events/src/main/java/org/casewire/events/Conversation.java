package org.casewire.events;

/** One site and one person's number: the unit of order for everything sent and received. */
public record Conversation(String site, String contact) {

    /** The record key of every topic about conversations. */
    public String key() {
        return site + "|" + contact;
    }
}

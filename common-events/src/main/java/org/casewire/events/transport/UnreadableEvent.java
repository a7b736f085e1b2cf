package org.casewire.events.transport;

/** A record that can never be handled, however often it is tried; its message says why, in a sentence for people. */
public final class UnreadableEvent extends RuntimeException {

    public UnreadableEvent(String reason) {
        super(reason);
    }

    UnreadableEvent(String reason, Throwable cause) {
        super(reason, cause);
    }
}

package org.casewire.ops;

/** A command cannot do what it was asked; the message says what to do next. */
public final class Failed extends RuntimeException {

    public Failed(String message) {
        super(message);
    }

    public Failed(String message, Throwable cause) {
        super(message, cause);
    }
}

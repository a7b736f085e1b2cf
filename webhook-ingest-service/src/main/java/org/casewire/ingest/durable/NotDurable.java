package org.casewire.ingest.durable;

import org.jspecify.annotations.Nullable;

/** No durable place took the event: it must not be said that it was taken. */
public final class NotDurable extends RuntimeException {

    NotDurable(@Nullable Throwable cause) {
        super("No durable place took the event", cause);
    }
}

package org.casewire.frontdoor.proxy;

import java.util.Locale;

/** A service behind the front door. */
enum Service {
    INGEST,
    OUTBOUND,
    ROUTING,
    NOTIFICATION;

    /** The name people and configuration use. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

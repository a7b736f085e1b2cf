package org.casewire.events;

/** How a site files received texts (LegalServer, "Inbound Message Matching Logic"). */
public enum Matching {
    MOST_RECENT_OUTBOUND,
    MOST_RECENT_INTAKE,
    MOST_RECENTLY_OPENED,
    ALL
}

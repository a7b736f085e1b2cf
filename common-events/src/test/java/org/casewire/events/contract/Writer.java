package org.casewire.events.contract;

import java.util.Locale;
import java.util.Set;
import org.casewire.events.Event;
import org.casewire.events.Topics;

/** Who writes an event: it decides what a change of the event breaks. */
enum Writer {
    UPSTREAM,
    CASEWIRE,
    BOTH;

    private static final Set<String> ASKED =
            Set.of(Topics.SEND_QUEUE, Topics.CASES, Topics.CONTACTS, Topics.USERS, Topics.CALENDAR, Topics.ACTIVITY);

    static Writer of(Event event) {
        if (event.topic().equals(Topics.CONSENT)) {
            return BOTH;
        }
        return ASKED.contains(event.topic()) ? UPSTREAM : CASEWIRE;
    }

    /** Whether other systems read it. */
    boolean isTold() {
        return this != UPSTREAM;
    }

    /** Whether other systems write it. */
    boolean isAsked() {
        return this != CASEWIRE;
    }

    /** As it stands in the documents. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Writer parse(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}

package org.casewire.events;

/** Why a text is sent: it decides its lane, its quiet hours and what happens in doubt. */
public enum Purpose {
    CONVERSATION,
    REMINDER,
    NOTIFICATION,
    STATEMENT,
    NOTICE,
    OPT_IN
}

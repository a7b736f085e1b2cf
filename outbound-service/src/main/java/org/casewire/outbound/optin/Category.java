package org.casewire.outbound.optin;

/** The kinds of texts a person chooses among. */
enum Category {
    CONVERSATION,
    REMINDERS,
    NOTICES
}

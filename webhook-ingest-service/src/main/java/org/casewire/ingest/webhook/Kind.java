package org.casewire.ingest.webhook;

/** What Twilio calls us about; the names are the last part of the address. */
enum Kind {
    messages,
    status,
    calls
}

package org.casewire.ingest.webhook;

/** A form that cannot be an event; its message tells the sender what to change and quotes nothing. */
final class InvalidForm extends RuntimeException {

    InvalidForm(String detail) {
        super(detail);
    }
}

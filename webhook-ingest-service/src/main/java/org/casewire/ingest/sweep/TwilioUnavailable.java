package org.casewire.ingest.sweep;

/** Twilio did not answer with what it was asked for; the message says what to do and names nobody. */
final class TwilioUnavailable extends RuntimeException {

    TwilioUnavailable(String detail) {
        super(detail);
    }
}

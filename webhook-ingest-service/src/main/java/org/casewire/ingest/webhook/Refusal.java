package org.casewire.ingest.webhook;

import org.springframework.http.HttpStatus;

/** Why a webhook is not taken; the names are the problem codes and the counter's reasons. */
enum Refusal {
    UNKNOWN_SITE(
            HttpStatus.NOT_FOUND,
            "There is no site of the name in this address. Correct the webhook address of the Twilio number."),
    NO_CREDENTIALS(HttpStatus.FORBIDDEN, "This site has no Twilio credentials here, so nothing can be verified."),
    SIGNATURE_MISSING(HttpStatus.FORBIDDEN, "The header X-Twilio-Signature is missing."),
    SIGNATURE_INVALID(
            HttpStatus.FORBIDDEN,
            "X-Twilio-Signature does not fit this address and form. Check casewire.public-base-url against the"
                    + " address set at Twilio, and casewire.twilio.<site>.auth-tokens against the account."),
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The form is larger than 64 kB. Send a smaller one."),
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The form cannot be read. Send it as Twilio does."),
    /** The sites are not known yet, so nothing can be said about this one. */
    NOT_READY(HttpStatus.SERVICE_UNAVAILABLE, "The sites are not known yet. Try again in a few seconds."),
    NOT_DURABLE(
            HttpStatus.SERVICE_UNAVAILABLE, "The event cannot be kept safely right now. Try again in a few seconds.");

    private final HttpStatus status;
    private final String detail;

    Refusal(HttpStatus status, String detail) {
        this.status = status;
        this.detail = detail;
    }

    HttpStatus status() {
        return status;
    }

    /** What the sender has to change. */
    String detail() {
        return detail;
    }

    /** Whether a site in shadow mode takes it all the same. */
    boolean isOfSignature() {
        return this == SIGNATURE_MISSING || this == SIGNATURE_INVALID;
    }
}

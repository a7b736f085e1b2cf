package org.casewire.ingest.webhook;

import org.springframework.http.HttpStatus;

/** Why a webhook is not taken; the names are the problem codes and the counter's reasons. */
enum Refusal {
    UNKNOWN_SITE(HttpStatus.NOT_FOUND),
    NO_CREDENTIALS(HttpStatus.FORBIDDEN),
    SIGNATURE_MISSING(HttpStatus.FORBIDDEN),
    SIGNATURE_INVALID(HttpStatus.FORBIDDEN),
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
    INVALID_REQUEST(HttpStatus.BAD_REQUEST),
    /** The sites are not known yet, so nothing can be said about this one. */
    NOT_READY(HttpStatus.SERVICE_UNAVAILABLE),
    NOT_DURABLE(HttpStatus.SERVICE_UNAVAILABLE);

    private final HttpStatus status;

    Refusal(HttpStatus status) {
        this.status = status;
    }

    HttpStatus status() {
        return status;
    }
}

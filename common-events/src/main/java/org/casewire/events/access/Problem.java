package org.casewire.events.access;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A refusal over HTTP: an RFC 9457 document whose {@code code} machines read and whose detail people read. */
public final class Problem extends ErrorResponseException {

    /** @param detail what is wrong and what to do about it, naming the field where there is one */
    public Problem(HttpStatus status, String code, String detail) {
        super(status, document(status, code, detail), null);
    }

    /** Something of that name is not there, or not for the caller's eyes. */
    public static Problem notFound(String detail) {
        return new Problem(HttpStatus.NOT_FOUND, "NOT_FOUND", detail);
    }

    static ProblemDetail document(HttpStatus status, String code, String detail) {
        ProblemDetail document = ProblemDetail.forStatusAndDetail(status, detail);
        document.setProperty("code", code);
        return document;
    }
}

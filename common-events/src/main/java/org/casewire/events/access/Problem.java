package org.casewire.events.access;

import java.net.URI;
import org.casewire.events.transport.WhyUnreadable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import tools.jackson.core.JacksonException;

/** A refusal over HTTP: an RFC 9457 document whose {@code code} machines read and whose detail people read. */
public final class Problem extends ErrorResponseException {

    /** The {@code code} tells what it is; no page stands behind it (RFC 9457). */
    static final URI NO_TYPE = URI.create("about:blank");

    /** @param detail what is wrong and what to do about it, naming the field where there is one */
    public Problem(HttpStatus status, String code, String detail) {
        super(status, document(status, code, detail), null);
    }

    /** A body that is no JSON, or not of the shape it should have. */
    public static Problem unreadable(JacksonException failure) {
        return new Problem(
                HttpStatus.BAD_REQUEST,
                document(HttpStatus.BAD_REQUEST, "INVALID_REQUEST", WhyUnreadable.reason(failure) + "."),
                failure);
    }

    private Problem(HttpStatus status, ProblemDetail document, JacksonException cause) {
        super(status, document, cause);
    }

    /** Something of that name is not there, or not for the caller's eyes. */
    public static Problem notFound(String detail) {
        return new Problem(HttpStatus.NOT_FOUND, "NOT_FOUND", detail);
    }

    static ProblemDetail document(HttpStatus status, String code, String detail) {
        ProblemDetail document = ProblemDetail.forStatusAndDetail(status, detail);
        document.setType(NO_TYPE);
        document.setProperty("code", code);
        return document;
    }
}

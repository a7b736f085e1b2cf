package org.casewire.events.access;

import java.util.Map;
import org.casewire.events.transport.WireJson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Gives every error answer a {@code code}, whoever raised it. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler(AccessDeniedException.class)
    ProblemDetail denied(AccessDeniedException denied) {
        return Problem.document(
                HttpStatus.FORBIDDEN,
                "FORBIDDEN",
                "The token's roles do not allow this. Ask for a token with the role it needs.");
    }

    @ExceptionHandler(RuntimeException.class)
    ProblemDetail unexpected(RuntimeException failure) {
        log.atError().setCause(failure).log("Request failed");
        return Problem.document(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "INTERNAL",
                "Something failed on our side and nothing was done. Try again; if it stays, look into the service's log.");
    }

    /** The framework says only that it could not be read; whoever wrote it wants to know which field. */
    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String why = failure.getCause() instanceof JacksonException unreadable
                ? WireJson.reason(unreadable)
                : "the body is missing or no readable JSON";
        return handleExceptionInternal(
                failure,
                Problem.document(HttpStatus.BAD_REQUEST, "INVALID_REQUEST", why + "."),
                headers,
                status,
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Object answer = body == null && failure instanceof ErrorResponse error
                ? error.updateAndGetBody(getMessageSource(), LocaleContextHolder.getLocale())
                : body;
        if (answer instanceof ProblemDetail document) {
            Map<String, Object> properties = document.getProperties();
            if (properties == null || !properties.containsKey("code")) {
                document.setProperty("code", codeFor(status));
            }
        }
        return super.handleExceptionInternal(failure, answer, headers, status, request);
    }

    private static String codeFor(HttpStatusCode status) {
        HttpStatus known = HttpStatus.resolve(status.value());
        return known == HttpStatus.BAD_REQUEST || known == null ? "INVALID_REQUEST" : known.name();
    }
}

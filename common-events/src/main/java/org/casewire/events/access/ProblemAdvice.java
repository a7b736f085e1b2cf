package org.casewire.events.access;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.casewire.events.transport.WhyUnreadable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
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
import org.springframework.web.ErrorResponseException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;

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
                ? WhyUnreadable.reason(unreadable)
                : "the body is missing or did not arrive whole; it must be JSON";
        return handleExceptionInternal(
                failure,
                Problem.document(HttpStatus.BAD_REQUEST, "INVALID_REQUEST", why + "."),
                headers,
                status,
                request);
    }

    /** The framework speaks of static resources, and nobody asked for one. */
    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return handleExceptionInternal(
                failure,
                Problem.document(
                        HttpStatus.NOT_FOUND,
                        "NOT_FOUND",
                        "There is nothing at this address. The service's addresses are listed at its /v3/api-docs."),
                headers,
                status,
                request);
    }

    /** What could be written besides, such as YAML, is nobody's promise. */
    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotAcceptable(
            HttpMediaTypeNotAcceptableException failure,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return handleExceptionInternal(
                failure,
                Problem.document(
                        HttpStatus.NOT_ACCEPTABLE,
                        "NOT_ACCEPTABLE",
                        "Accept names nothing that can be answered here; leave it out, or accept what the service's"
                                + " /v3/api-docs lists, mostly application/json."),
                new HttpHeaders(),
                status,
                request);
    }

    /** Who says that it is something else than JSON, and sends no JSON, is told which of the two was wrong. */
    @Override
    protected @Nullable ResponseEntity<Object> handleErrorResponseException(
            ErrorResponseException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (failure.getCause() instanceof StreamReadException && type != null && !type.contains("json")) {
            return handleExceptionInternal(
                    failure,
                    Problem.document(
                            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                            "UNSUPPORTED_MEDIA_TYPE",
                            "The body must be JSON, with Content-Type: application/json."),
                    headers,
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    request);
        }
        return super.handleErrorResponseException(failure, headers, status, request);
    }

    /** The framework repeats the value, which its sender knows; what would have been taken is what is wanted. */
    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = failure instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : String.valueOf(failure.getPropertyName());
        return handleExceptionInternal(
                failure,
                Problem.document(
                        HttpStatus.BAD_REQUEST,
                        "INVALID_REQUEST",
                        name + " must be " + expected(failure.getRequiredType()) + "."),
                headers,
                status,
                request);
    }

    private static String expected(@Nullable Class<?> type) {
        if (type != null && type.isEnum()) {
            return Arrays.stream(type.getEnumConstants()).map(String::valueOf).collect(Collectors.joining(", "));
        }
        if (type == null) {
            return "of another kind";
        }
        return switch (type.getSimpleName()) {
            case "int", "Integer", "long", "Long" -> "a whole number";
            case "boolean", "Boolean" -> "true or false";
            case "Instant" -> "a time with its zone like 2026-03-01T09:00:00Z";
            case String _ -> WhyUnreadable.kind(type);
        };
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
            if (document.getType() == null) {
                document.setType(Problem.NO_TYPE);
            }
        }
        return super.handleExceptionInternal(failure, answer, headers, status, request);
    }

    private static String codeFor(HttpStatusCode status) {
        HttpStatus known = HttpStatus.resolve(status.value());
        return known == HttpStatus.BAD_REQUEST || known == null ? "INVALID_REQUEST" : known.name();
    }
}

package org.casewire.ingest.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.casewire.events.access.Problem;
import org.casewire.ingest.connection.TimedRequest;
import org.casewire.ingest.durable.NotDurable;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes a request that has the plain form of a webhook straight to {@link Webhooks}, past all that finds out where a
 * request belongs: that took most of a webhook's time. Whatever looks otherwise goes the long way.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ShortCut implements Filter {

    private static final String PREFIX = "/twilio/";
    private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED_VALUE;
    private static final String FORM_IN_UTF8 = FORM + ";charset=utf-8";

    private final Webhooks webhooks;
    private final JsonMapper json;
    private final Map<Kind, Timer> answered;

    ShortCut(Webhooks webhooks, JsonMapper json, MeterRegistry meters) {
        this.webhooks = webhooks;
        this.json = json.rebuild()
                .addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
                .build();
        this.answered = Arrays.stream(Kind.values())
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), kind -> meters.timer("casewire.webhooks", "kind", kind.name())));
    }

    /** What a plain address names. */
    private record Destination(String site, Kind kind) {}

    @Override
    public void doFilter(ServletRequest given, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) given;
        Destination destination = destination(request);
        if (destination == null) {
            chain.doFilter(given, response);
            return;
        }
        long began = System.nanoTime();
        write(answer(destination, new TimedRequest(request)), request, (HttpServletResponse) response);
        Objects.requireNonNull(answered.get(destination.kind()))
                .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }

    private @Nullable Destination destination(HttpServletRequest request) {
        String path = request.getRequestURI();
        if (!path.startsWith(PREFIX) || !request.getMethod().equals("POST") || !isForm(request.getContentType())) {
            return null;
        }
        int end = path.indexOf('/', PREFIX.length());
        Kind kind = end < 0 ? null : kind(path.substring(end + 1));
        if (kind == null || !isSlug(path, end) || !hasPlainHeaders(request)) {
            return null;
        }
        return new Destination(path.substring(PREFIX.length(), end), kind);
    }

    private static boolean isForm(@Nullable String type) {
        return type != null
                && (type.equals(FORM)
                        || type.replace(" ", "").toLowerCase(Locale.ROOT).equals(FORM_IN_UTF8));
    }

    private static @Nullable Kind kind(String name) {
        return switch (name) {
            case "messages" -> Kind.messages;
            case "status" -> Kind.status;
            case "calls" -> Kind.calls;
            default -> null;
        };
    }

    private static boolean isSlug(String path, int end) {
        for (int at = PREFIX.length(); at < end; at++) {
            char sign = path.charAt(at);
            if (!(sign >= 'a' && sign <= 'z' || sign >= '0' && sign <= '9' || sign == '-')) {
                return false;
            }
        }
        return end > PREFIX.length();
    }

    private static boolean hasPlainHeaders(HttpServletRequest request) {
        return isPlain(request.getHeader(Signatures.HEADER))
                && isPlain(request.getHeader("I-Twilio-Idempotency-Token"))
                && isPlain(request.getHeader("traceparent"));
    }

    private static boolean isPlain(@Nullable String header) {
        for (int at = 0; header != null && at < header.length(); at++) {
            if (header.charAt(at) < ' ' || header.charAt(at) > '~') {
                return false;
            }
        }
        return true;
    }

    private ResponseEntity<?> answer(Destination destination, HttpServletRequest request) {
        try {
            return switch (destination.kind()) {
                case messages -> webhooks.message(destination.site(), request);
                case status -> webhooks.status(destination.site(), request);
                case calls -> webhooks.call(destination.site(), request);
            };
        } catch (Problem refused) {
            return Webhooks.answer(refused);
        } catch (InvalidForm invalid) {
            return webhooks.unreadable(invalid);
        } catch (NotDurable away) {
            return webhooks.notTaken(away);
        }
    }

    private void write(ResponseEntity<?> answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setStatus(answer.getStatusCode().value());
        answer.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        switch (answer.getBody()) {
            case byte[] markup -> write(markup, response);
            case ProblemDetail problem -> {
                problem.setInstance(URI.create(request.getRequestURI()));
                response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
                write(json.writeValueAsBytes(problem), response);
            }
            case null, default -> {}
        }
    }

    private static void write(byte[] body, HttpServletResponse response) throws IOException {
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}

package org.casewire.events.transport.tracing;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Collections;
import java.util.Enumeration;
import org.casewire.events.transport.TraceInLogs;
import org.casewire.events.transport.TraceParent;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Makes a span of each request to the API, by its route: a path names people, a query may name more. Whoever asks for
 * the request's {@code traceparent} is given the span's.
 */
final class TracedRequests extends OncePerRequestFilter {

    private static final String HEADER = "traceparent";

    private final Tracing tracing;
    private final Clock clock;

    TracedRequests(Tracing tracing, Clock clock) {
        this.tracing = tracing;
        this.clock = clock;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return !path.startsWith("/api/") && !path.startsWith("/opt-in/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Step step = tracing.server(request.getMethod(), TraceParent.valid(request.getHeader(HEADER)), clock.instant());
        try (step;
                TraceInLogs _ = TraceInLogs.of(step.traceParent())) {
            chain.doFilter(new Continued(request, step.traceParent()), response);
            tell(step, request, response.getStatus());
        } catch (ServletException | IOException | RuntimeException failure) {
            step.failed(failure.getClass().getSimpleName());
            throw failure;
        }
    }

    private static void tell(Step step, HttpServletRequest request, int status) {
        step.with("http.request.method", request.getMethod()).with("http.response.status_code", status);
        if (request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String route) {
            step.with("http.route", route).named(request.getMethod() + " " + route);
        }
        if (status >= 500) {
            step.failed(Integer.toString(status));
        }
    }

    /** The request as the step sees it. */
    private static final class Continued extends HttpServletRequestWrapper {

        private final String traceParent;

        Continued(HttpServletRequest request, String traceParent) {
            super(request);
            this.traceParent = traceParent;
        }

        @Override
        public String getHeader(String name) {
            return name.equalsIgnoreCase(HEADER) ? traceParent : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase(HEADER)
                    ? Collections.enumeration(java.util.List.of(traceParent))
                    : super.getHeaders(name);
        }
    }
}

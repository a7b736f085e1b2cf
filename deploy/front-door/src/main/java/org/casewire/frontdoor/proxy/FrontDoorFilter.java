package org.casewire.frontdoor.proxy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import org.casewire.frontdoor.proxy.Backends.Answer;
import org.casewire.frontdoor.proxy.Destination.Backend;
import org.casewire.frontdoor.proxy.Destination.FrontDoor;
import org.casewire.frontdoor.proxy.Destination.Nobody;
import org.casewire.frontdoor.proxy.Passages.Passage;
import tools.jackson.databind.json.JsonMapper;

/** Stands before every other filter: what belongs to a service is carried there and touched by nothing else. */
final class FrontDoorFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient Routes routes;
    private final transient Backends backends;
    private final transient JsonMapper json;

    private final transient Semaphore places;

    private final transient Passages passages;

    FrontDoorFilter(Routes routes, Backends backends, Semaphore places, Passages passages, JsonMapper json) {
        this.routes = routes;
        this.backends = backends;
        this.json = json;
        this.places = places;
        this.passages = passages;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        switch (routes.of(request.getRequestURI())) {
            case Backend backend -> carry(backend, request, response);
            case FrontDoor _ -> {
                try (Passage passage = passages.here("front-door")) {
                    request.setCharacterEncoding(StandardCharsets.UTF_8);
                    chain.doFilter(request, response);
                    passage.answered(response.getStatus(), Passages.NO_REASON);
                }
            }
            case Nobody _ -> {
                try (Passage passage = passages.here("nobody")) {
                    refuse(Problem.nothingHere(), passage, response);
                }
            }
        }
    }

    private void carry(Backend backend, HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (Passage passage = passages.to(backend.service(), request)) {
            if (!places.tryAcquire()) {
                refuse(Problem.busy(), passage, response);
                return;
            }
            try {
                carry(backend, request, passage, response);
            } finally {
                places.release();
            }
        }
    }

    private void carry(Backend backend, HttpServletRequest request, Passage passage, HttpServletResponse response)
            throws IOException {
        try {
            switch (backends.ask(backend, request, passage.step())) {
                case Answer.Given(HttpResponse<InputStream> given) -> {
                    passage.answered(given.statusCode(), Passages.NO_REASON);
                    Relay.back(given, response);
                }
                case Answer.Missing(Problem problem) -> refuse(problem, passage, response);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            refuse(Problem.away(backend.service()), passage, response);
        }
    }

    private void refuse(Problem problem, Passage passage, HttpServletResponse response) throws IOException {
        passage.answered(problem.status(), problem.code());
        byte[] document = json.writeValueAsBytes(problem);
        response.setStatus(problem.status());
        response.setContentType("application/problem+json");
        response.setHeader("Cache-Control", "no-store");
        if (problem.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setHeader("Retry-After", "1");
        }
        response.setContentLength(document.length);
        response.getOutputStream().write(document);
    }
}

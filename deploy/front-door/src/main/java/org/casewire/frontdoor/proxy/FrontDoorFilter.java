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
import tools.jackson.databind.json.JsonMapper;

/** Stands before every other filter: what belongs to a service is carried there and touched by nothing else. */
final class FrontDoorFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient Routes routes;
    private final transient Backends backends;
    private final transient JsonMapper json;

    private final transient Semaphore places;

    FrontDoorFilter(Routes routes, Backends backends, int places, JsonMapper json) {
        this.routes = routes;
        this.backends = backends;
        this.json = json;
        this.places = new Semaphore(places);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        switch (routes.of(request.getRequestURI())) {
            case Backend backend -> carry(backend, request, response);
            case FrontDoor _ -> {
                request.setCharacterEncoding(StandardCharsets.UTF_8);
                chain.doFilter(request, response);
            }
            case Nobody _ -> refuse(Problem.nothingHere(), response);
        }
    }

    private void carry(Backend backend, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!places.tryAcquire()) {
            refuse(Problem.busy(), response);
            return;
        }
        try {
            switch (backends.ask(backend, request)) {
                case Answer.Given(HttpResponse<InputStream> given) -> Relay.back(given, response);
                case Answer.Missing(Problem problem) -> refuse(problem, response);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            refuse(Problem.away(backend.service()), response);
        } finally {
            places.release();
        }
    }

    private void refuse(Problem problem, HttpServletResponse response) throws IOException {
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

package org.casewire.frontdoor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The front door on a real port, with a double for each service behind it. */
@SpringBootTest(webEnvironment = WebEnvironment.DEFINED_PORT)
abstract class RunningFrontDoor {

    static final int PORT = freePort();
    static final String ORIGIN = "http://127.0.0.1:" + PORT;
    static final int MOST_AT_ONCE = 20;
    static final Map<String, ServiceDouble> SERVICES = Map.of(
            "ingest", new ServiceDouble("ingest"),
            "outbound", new ServiceDouble("outbound"),
            "routing", new ServiceDouble("routing"),
            "notification", new ServiceDouble("notification"));

    final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @DynamicPropertySource
    static void wiring(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
        SERVICES.forEach(
                (name, service) -> registry.add("casewire.front-door.services." + name, () -> service.url() + "/"));
        registry.add("casewire.front-door.answer-timeout", () -> "5s");
        registry.add("casewire.front-door.most-at-once", () -> MOST_AT_ONCE);
        registry.add("management.server.port", () -> 0);
        // Nobody listens there: what is tried is what the services are told.
        registry.add("casewire.tracing.endpoint", () -> "http://127.0.0.1:9");
        registry.add("casewire.tracing.sampling", () -> 1);
        registry.add("casewire.identity.issuer", () -> ORIGIN);
        registry.add("casewire.identity.users[0].id", () -> "maria");
        registry.add("casewire.identity.users[0].name", () -> "María Núñez");
        registry.add("casewire.identity.users[0].password", () -> "wörd of mouth");
        registry.add("casewire.identity.users[0].roles[0]", () -> "staff");
        registry.add("casewire.identity.users[0].sites[0]", () -> "demo");
        registry.add("casewire.identity.machines[0].id", () -> "case-app");
        registry.add("casewire.identity.machines[0].password", () -> "machine secret");
        registry.add("casewire.identity.machines[0].roles[0]", () -> "service");
        registry.add("casewire.identity.machines[0].sites[0]", () -> "demo");
    }

    @BeforeEach
    void forgetWhatWasSeen() {
        SERVICES.values().forEach(ServiceDouble::forget);
    }

    static ServiceDouble service(String name) {
        return SERVICES.get(name);
    }

    static HttpRequest.Builder request(String rawPathAndQuery) {
        return HttpRequest.newBuilder(URI.create(ORIGIN + rawPathAndQuery));
    }

    HttpResponse<String> get(String rawPathAndQuery) {
        return send(request(rawPathAndQuery).GET());
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.casewire.local.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Tells whether a part can be used; asked again and again until it can, or until the part has ended. */
@FunctionalInterface
public interface Readiness {

    /** Asks once. */
    boolean isReady() throws IOException, InterruptedException;

    /** Ready when the address answers 200. */
    static Readiness answering(HttpClient http, URI address) {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(2)).build();
        return () -> {
            try {
                return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
            } catch (IOException notYet) {
                return false;
            }
        };
    }
}

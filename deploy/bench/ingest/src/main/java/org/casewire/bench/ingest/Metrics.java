package org.casewire.bench.ingest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What ingest tells of its spool. */
final class Metrics {

    private static final String WAITING = "casewire_spool_records ";
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final HttpRequest request;
    private final HttpClient http = HttpClient.newHttpClient();

    Metrics(String url) {
        request = HttpRequest.newBuilder(URI.create(url)).build();
    }

    double secondsUntilSpoolIsEmpty() throws IOException, InterruptedException {
        long began = System.nanoTime();
        while (waiting() > 0) {
            if (System.nanoTime() - began > PATIENCE) {
                throw new IllegalStateException("The spool was not replayed within a minute");
            }
            LockSupport.parkNanos(20_000_000);
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private double waiting() throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith(WAITING))
                .mapToDouble(line -> Double.parseDouble(line.substring(WAITING.length())))
                .findFirst()
                .orElseThrow();
    }
}

package org.casewire.bench.notification;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Many open home pages, each of a user of its own. */
final class AlertStreams implements AutoCloseable {

    private static final String SID = "\"sid\":\"";
    private static final String AT = "\"at\":\"";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<InputStream> open = new ArrayList<>();
    private final Map<String, Heard> heard = new ConcurrentHashMap<>();
    private final AtomicInteger again = new AtomicInteger();
    private final Clock clock;

    AlertStreams(Clock clock) {
        this.clock = clock;
    }

    /**
     * A text that was told.
     *
     * @param nanos when, by this process's own clock
     * @param sinceRaised how many milliseconds after its alert was raised, by the machine's clock
     */
    record Heard(long nanos, double sinceRaised) {}

    void open(String service, String token, String site, List<String> users) throws IOException, InterruptedException {
        for (String user : users) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(service + "/api/sites/" + site + "/users/" + user + "/alerts/stream"))
                    .header("Authorization", "Bearer " + token)
                    .build();
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("A stream was refused: " + answer.statusCode());
            }
            open.add(answer.body());
            Thread.ofVirtual().start(() -> read(answer.body()));
        }
    }

    private void read(InputStream stream) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(SID)) {
                    hear(line);
                }
            }
        } catch (IOException closed) {
            // The measurement is over, or what is missing will show.
        }
    }

    private void hear(String line) {
        Duration sinceRaised = Duration.between(Instant.parse(value(line, AT)), clock.instant());
        Heard now = new Heard(System.nanoTime(), sinceRaised.toNanos() / 1e6);
        if (heard.putIfAbsent(value(line, SID), now) != null) {
            again.incrementAndGet();
        }
    }

    private static String value(String line, String field) {
        int begin = line.indexOf(field) + field.length();
        return line.substring(begin, line.indexOf('"', begin));
    }

    /** Each text that was heard of, by its SID. */
    Map<String, Heard> heard() {
        return heard;
    }

    /** How many were told once more. */
    int again() {
        return again.get();
    }

    @Override
    public void close() throws IOException {
        for (InputStream stream : open) {
            stream.close();
        }
        http.close();
    }
}

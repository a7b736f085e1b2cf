package org.casewire.notification.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A page's side of an alert stream: what it has been told so far. */
public final class OpenStream implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpResponse<InputStream> answer;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile String lastId = "";
    private volatile int comments;
    private volatile boolean ended;

    /** What was told, and when. */
    public record Event(String name, String id, JsonNode data, long heardAtNanos) {}

    private OpenStream(HttpResponse<InputStream> answer) {
        this.answer = answer;
        Thread.ofVirtual().start(this::read);
    }

    public static OpenStream of(int port, String site, String user, String token) {
        return after("", port, site, user, token);
    }

    /** Goes on after the last id that another stream told. */
    public static OpenStream after(String lastId, int port, String site, String user, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + port + "/api/sites/" + site + "/users/" + user + "/alerts/stream"))
                .header("Authorization", "Bearer " + token);
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        try {
            return new OpenStream(HTTP.send(request.build(), BodyHandlers.ofInputStream()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            String name = "";
            String id = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(":")) {
                    comments++;
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                    lastId = id;
                } else if (line.startsWith("data: ")) {
                    events.add(new Event(name, id, JSON.readTree(line.substring(6)), System.nanoTime()));
                }
            }
        } catch (IOException closed) {
            // What was read counts; the end is told below.
        } finally {
            ended = true;
        }
    }

    public int status() {
        return answer.statusCode();
    }

    public String contentType() {
        return answer.headers().firstValue("Content-Type").orElse("");
    }

    public List<Event> events() {
        return events;
    }

    /** The last id, of an event or of a place between two. */
    public String lastId() {
        return lastId;
    }

    public int comments() {
        return comments;
    }

    public boolean hasEnded() {
        return ended;
    }

    @Override
    public void close() throws IOException {
        answer.body().close();
    }
}

package org.casewire.ingest.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.casewire.twin.TwilioTwin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Twilio twin whose numbers call a service that may not be there. */
final class TwinPart {

    static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path data;
    private final String account;
    private final URI url = URI.create("http://127.0.0.1:" + freePort());

    TwinPart(String account) {
        this.account = account;
        try {
            this.data = Files.createTempDirectory(Path.of("target"), "twin");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static int freePort() {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String account() {
        return account;
    }

    URI url() {
        return url;
    }

    /** What came in before the twin was started. */
    TwinPart remembering(List<Map<String, Object>> texts) {
        StringBuilder lines = new StringBuilder();
        texts.forEach(text -> lines.append(JSON.writeValueAsString(text)).append('\n'));
        return writing("twin.jsonl", lines.toString());
    }

    Map<String, Object> inboundText(int number, String sid, String from, String to, String body, Instant at) {
        return Map.ofEntries(
                Map.entry("kind", "message"),
                Map.entry("n", number),
                Map.entry("sid", sid),
                Map.entry("account", account),
                Map.entry("direction", "INBOUND"),
                Map.entry("from", from),
                Map.entry("to", to),
                Map.entry("text", body),
                Map.entry("media", List.of()),
                Map.entry("created", at.toString()),
                Map.entry("validUntil", at.plusSeconds(36_000).toString()),
                Map.entry("status", "RECEIVED"),
                Map.entry("error", 0),
                Map.entry("updated", at.toString()),
                Map.entry("sent", at.toString()),
                Map.entry("redacted", false),
                Map.entry("deleted", false));
    }

    /** Starts it with these numbers, all of which call one address; the pool is a Messaging Service's. */
    TwinPart with(String smsUrl, List<String> numbers, String service, List<String> pool) {
        List<Object> own = new ArrayList<>();
        for (String number : numbers) {
            own.add(Map.of("number", number, "smsUrl", smsUrl, "ratePerSecond", 1000));
        }
        Map<String, Object> settings = Map.of(
                "sid",
                account,
                "authToken",
                TOKEN,
                "numbers",
                own,
                "services",
                List.of(Map.of("sid", service, "numbers", pool)));
        writing("twin.json", JSON.writeValueAsString(Map.of("accounts", List.of(settings))));
        try {
            TwilioTwin.main(
                    "--port", Integer.toString(url.getPort()),
                    "--data", data.toString(),
                    "--config", data.resolve("twin.json").toString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return this;
    }

    private TwinPart writing(String name, String text) {
        try {
            Files.writeString(data.resolve(name), text);
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void faults(String json) {
        exchange(HttpRequest.newBuilder(url.resolve("/twin/faults")).PUT(BodyPublishers.ofString(json)));
    }

    /** Nobody is told of what comes in. */
    void deliverNothing() {
        faults("{\"webhook\":[{\"fault\":\"DROP\"}]}");
    }

    /** A person texts; returns the SID. */
    String text(String from, String to, String body) {
        return text(from, Map.of("to", to, "body", body));
    }

    /** A person texts; returns the SID. */
    String text(String from, Map<String, Object> text) {
        String path = "/twin/handsets/" + URLEncoder.encode(from, StandardCharsets.UTF_8) + "/messages";
        String answer = exchange(
                HttpRequest.newBuilder(url.resolve(path)).POST(BodyPublishers.ofString(JSON.writeValueAsString(text))));
        return JSON.readTree(answer).path("sid").asString();
    }

    /** The lists asked for, the oldest first. */
    List<JsonNode> lists() {
        List<JsonNode> found = new ArrayList<>();
        JSON.readTree(exchange(HttpRequest.newBuilder(url.resolve("/twin/requests"))))
                .forEach(found::add);
        return found;
    }

    private static String exchange(HttpRequest.Builder request) {
        try {
            var answer =
                    HTTP.send(request.header("Content-Type", "application/json").build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}

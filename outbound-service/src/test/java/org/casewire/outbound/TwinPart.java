package org.casewire.outbound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.casewire.twin.TwilioTwin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Twilio twin, started once for all tests, and what people and operators see of it. */
final class TwinPart {

    static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";
    static final String TOKEN = "0123456789abcdef0123456789abcdef";
    static final String NUMBER = "+14045387300";
    static final String SECOND_NUMBER = "+14045387301";
    static final URI URL = started();

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    private TwinPart() {}

    private static URI started() {
        try (ServerSocket free = new ServerSocket(0)) {
            int port = free.getLocalPort();
            free.close();
            Path data = Files.createTempDirectory(Path.of("target"), "twin");
            Path config =
                    Files.writeString(data.resolve("twin.json"), """
                    {"accounts":[{"sid":"%s","authToken":"%s","numbers":[
                      {"number":"%s","smsUrl":"","voiceUrl":"","ratePerSecond":1000},
                      {"number":"%s","smsUrl":"","voiceUrl":"","ratePerSecond":1000}]}]}
                    """.formatted(ACCOUNT, TOKEN, NUMBER, SECOND_NUMBER));
            TwilioTwin.main("--port", Integer.toString(port), "--data", data.toString(), "--config", config.toString());
            return URI.create("http://127.0.0.1:" + port);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The texts a person received, oldest first. */
    static List<JsonNode> handset(String number) {
        List<JsonNode> texts = new ArrayList<>();
        json("/twin/handsets/" + number.replace("+", "%2B") + "/messages").forEach(texts::add);
        return texts;
    }

    static List<String> bodies(String number) {
        return handset(number).stream().map(text -> text.get("body").asString()).toList();
    }

    /** The creates asked for a number. */
    static List<JsonNode> creates(String to) {
        List<JsonNode> found = new ArrayList<>();
        json("/twin/requests").forEach(request -> {
            if ("POST".equals(request.get("method").asString())
                    && request.toString().contains(to)) {
                found.add(request);
            }
        });
        return found;
    }

    static void faults(String json) {
        exchange(HttpRequest.newBuilder(URL.resolve("/twin/faults"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json)));
    }

    /** A person texts. */
    static void text(String from, String body) {
        exchange(HttpRequest.newBuilder(URL.resolve("/twin/handsets/" + from.replace("+", "%2B") + "/messages"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"to\":\"%s\",\"body\":\"%s\"}".formatted(NUMBER, body))));
    }

    private static JsonNode json(String path) {
        return JSON.readTree(exchange(HttpRequest.newBuilder(URL.resolve(path)).GET()));
    }

    private static String exchange(HttpRequest.Builder request) {
        try {
            var answer = HTTP.send(request.build(), BodyHandlers.ofString());
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

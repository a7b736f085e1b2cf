package org.casewire.ops;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP interface, as the operator uses it. */
public final class Api {

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(20);

    @Option(names = "--url", paramLabel = "URL", description = "the front door (default: the local stack's)")
    @Nullable
    URI url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "a bearer token with the role operator"
                    + " (default: the one in CASEWIRE_TOKEN, or the local stack's)")
    @Nullable
    Path tokenFile;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /** Whether it is known where and with which token to ask. */
    public boolean isKnown(Place place) {
        return address(place).isPresent() && token(place).isPresent();
    }

    private Optional<String> address(Place place) {
        return url != null
                ? Optional.of(url.toString().replaceFirst("/+$", ""))
                : place.description().map(local -> local.path("frontDoor").asString());
    }

    private Optional<String> token(Place place) {
        if (tokenFile != null) {
            try {
                return Optional.of(Files.readString(tokenFile).strip());
            } catch (IOException unreadable) {
                throw new Failed("--token-file: " + tokenFile + " cannot be read.", unreadable);
            }
        }
        return Optional.ofNullable(System.getenv("CASEWIRE_TOKEN"))
                .or(() -> place.description()
                        .map(local -> local.path("tokens").path("operator").asString()));
    }

    public JsonNode get(Place place, String path) {
        return ask(request(place, path).GET());
    }

    public JsonNode put(Place place, String path, String json) {
        return ask(
                request(place, path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
    }

    /** One step of a path. */
    public static String step(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(Place place, String path) {
        String address = address(place)
                .orElseThrow(
                        () -> new Failed(
                                "Which installation? Name its front door with --url, or start the local one with deploy/local/run."));
        String token = token(place)
                .orElseThrow(() -> new Failed(
                        "A token with the role operator is needed: put it into CASEWIRE_TOKEN or a --token-file."));
        try {
            return HttpRequest.newBuilder(URI.create(address + path))
                    .timeout(ANSWERS_WITHIN)
                    .header("Authorization", "Bearer " + token);
        } catch (IllegalArgumentException noAddress) {
            throw new Failed("--url: '" + address + "' is no http address.", noAddress);
        }
    }

    private JsonNode ask(HttpRequest.Builder request) {
        HttpRequest asked = request.build();
        HttpResponse<String> answer = send(asked);
        JsonNode said = json(answer.body());
        if (answer.statusCode() / 100 != 2) {
            throw new Failed("%s %s answered %d: %s"
                    .formatted(
                            asked.method(),
                            asked.uri().getPath(),
                            answer.statusCode(),
                            said.path("detail").asString(advice(answer.statusCode()))));
        }
        return said;
    }

    private static String advice(int status) {
        return switch (status) {
            case 401 -> "the token is not valid (any more); get a new one";
            case 403 -> "the token lacks the role operator";
            case 502, 503, 504 -> "the service is not ready; try again in a moment";
            default -> "no reason given";
        };
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException away) {
            throw new Failed(
                    "Nobody answers at " + request.uri().resolve("/") + ". Is it running, and is the address right?",
                    away);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Failed("Stopped.", stopped);
        }
    }

    private static JsonNode json(String body) {
        try {
            return JsonMapper.shared().readTree(body.isEmpty() ? "{}" : body);
        } catch (JacksonException page) {
            return JsonMapper.shared().createObjectNode();
        }
    }
}

package org.casewire.events.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.casewire.events.testing.TestTokens;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a service answers to whoever brings no valid token, held against what its OpenAPI document says. */
public final class Challenges {

    private static final String INVALID = "Bearer error=\"invalid_token\"";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String origin;

    private Challenges(String origin) {
        this.origin = origin;
    }

    /** Fails when an operation that is documented with 401 does not say what token it wants (RFC 6750). */
    public static void requireMade(int port) throws Exception {
        Challenges challenges = new Challenges("http://127.0.0.1:" + port);
        await().until(() -> challenges.ask("GET", "/api/sites/demo", "").statusCode() != 503);
        JsonNode paths = JsonMapper.shared()
                .readTree(challenges.ask("GET", "/v3/api-docs", "").body())
                .get("paths");
        int tried = 0;
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                JsonNode refusal = operation.getValue().path("responses").path("401");
                if (!refusal.isMissingNode()) {
                    assertThat(refusal.at("/headers/WWW-Authenticate").isMissingNode())
                            .as("%s is documented with its challenge", path.getKey())
                            .isFalse();
                    challenges.require(operation.getKey().toUpperCase(Locale.ROOT), path.getKey());
                    tried++;
                }
            }
        }
        assertThat(tried).as("operations that want a token").isPositive();
    }

    private void require(String method, String path) throws Exception {
        String expired = TestTokens.token("maria", List.of("demo"), List.of("staff"), Duration.ofMinutes(-5));
        require(method, path, "", "Bearer");
        require(method, path, "Basic bWFyaWE6bWFyaWE=", "Bearer");
        require(method, path, "Bearer nonsense", INVALID);
        require(method, path, "Bearer " + expired, INVALID);
        require(method, path, "Bearer " + TestTokens.forAnotherAudience(), INVALID);
    }

    private void require(String method, String path, String authorization, String challenge) throws Exception {
        HttpResponse<String> answer = ask(method, path.replaceAll("\\{[^}]+}", "demo"), authorization);
        assertThat(answer.statusCode())
                .as("%s %s with %s", method, path, authorization)
                .isEqualTo(401);
        assertThat(answer.headers().allValues("WWW-Authenticate"))
                .as("%s %s with %s", method, path, authorization)
                .containsExactly(challenge);
        assertThat(answer.body()).contains("\"code\":\"UNAUTHENTICATED\"");
    }

    private HttpResponse<String> ask(String method, String path, String authorization)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(origin + path)).method(method, BodyPublishers.noBody());
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}

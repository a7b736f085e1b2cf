package org.casewire.notification;

import java.time.Duration;
import java.util.List;
import org.casewire.events.testing.TestTokens;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people of a site see and do over HTTP. */
public final class AlertsOverHttp {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final RestTestClient http;
    private final String site;

    public AlertsOverHttp(RestTestClient http, String site) {
        this.http = http;
        this.site = site;
    }

    public static String admin(String site) {
        return TestTokens.token("sam", List.of(site), List.of("admin"), Duration.ofMinutes(10));
    }

    public ResponseSpec get(String user, String query, String token) {
        return http.get()
                .uri("/api/sites/" + site + "/users/" + user + "/alerts" + query)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange();
    }

    public JsonNode list(String user, String query) {
        return body(
                get(user, query, TestTokens.staff(user, site)).expectStatus().isOk());
    }

    public JsonNode list(String user) {
        return list(user, "");
    }

    public List<String> previews(String user) {
        return list(user)
                .get("items")
                .valueStream()
                .map(item -> item.get("preview").asString())
                .toList();
    }

    public ResponseSpec dismiss(String alertId, String token) {
        return http.post()
                .uri("/api/sites/" + site + "/alerts/" + alertId + "/dismissal")
                .headers(headers -> headers.setBearerAuth(token))
                .exchange();
    }

    public JsonNode dismissed(String alertId, String user) {
        return body(
                dismiss(alertId, TestTokens.staff(user, site)).expectStatus().isOk());
    }

    public static JsonNode body(ResponseSpec answer) {
        return JSON.readTree(answer.expectBody(String.class).returnResult().getResponseBody());
    }
}

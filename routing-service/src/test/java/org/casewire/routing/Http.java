package org.casewire.routing;

import java.time.Duration;
import java.util.List;
import org.casewire.events.testing.TestTokens;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

/** Somebody of a site at the HTTP side. */
public final class Http {

    private final RestTestClient rest;
    private final String site;
    private final String token;

    private Http(RestTestClient rest, String site, String token) {
        this.rest = rest;
        this.site = site;
        this.token = token;
    }

    /** Maria, a case worker. */
    public static Http staff(RestTestClient rest, String site) {
        return as(rest, site, "maria", "staff");
    }

    public static Http as(RestTestClient rest, String site, String user, String role) {
        return new Http(rest, site, TestTokens.token(user, List.of(site), List.of(role), Duration.ofMinutes(10)));
    }

    /** The same person at another site's address. */
    public Http at(String otherSite) {
        return new Http(rest, otherSite, token);
    }

    public RestTestClient.ResponseSpec ask(String path, Object... variables) {
        return rest.get()
                .uri("/api/sites/" + site + path, variables)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange();
    }

    public JsonNode get(String path, Object... variables) {
        return body(ask(path, variables));
    }

    public RestTestClient.ResponseSpec post(String path, String json, String... ifMatch) {
        return rest.post()
                .uri("/api/sites/" + site + path)
                .headers(headers -> {
                    headers.setBearerAuth(token);
                    headers.setIfMatch(List.of(ifMatch));
                })
                .contentType(MediaType.APPLICATION_JSON)
                .body(json)
                .exchange();
    }

    public RestTestClient.ResponseSpec delete(String path, Object... variables) {
        return rest.delete()
                .uri("/api/sites/" + site + path, variables)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange();
    }

    public static JsonNode body(RestTestClient.ResponseSpec answer) {
        return answer.expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
    }

    /** The problem document of a refusal. */
    public static JsonNode problem(RestTestClient.ResponseSpec answer, int status) {
        return answer.expectStatus()
                .isEqualTo(status)
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
    }

    /** One field of every item of a list. */
    public static List<String> each(JsonNode list, String field) {
        return list.get("items")
                .valueStream()
                .map(item ->
                        item.at(field.startsWith("/") ? field : "/" + field).asString())
                .toList();
    }
}

package org.casewire.notification.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.casewire.events.CaseRef;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestTokens;
import org.casewire.events.transport.WireJson;
import org.casewire.notification.AlertsOverHttp;
import org.casewire.notification.Office;
import org.casewire.notification.SettableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

@ServiceTest
class EmbedTest {

    private static final String SITE = "embed";
    private static final String LISTED = "https://cases.example.org";
    private static final String FOREIGN = "https://elsewhere.example.org";
    private static final String ALERTS = "/api/sites/embed/users/maria/alerts";

    private final RestTestClient http;
    private final SettableClock clock;
    private final Office office;

    EmbedTest(RestTestClient http, SettableClock clock, Sites sites) {
        this.http = http;
        this.clock = clock;
        Office.open("embed-other", "PRIMARY", sites);
        this.office = Office.open(SITE, "PRIMARY", sites);
        SiteDocument document = WireJson.MAPPER.readValue(
                WireJson.MAPPER.writeValueAsString(Map.of("site", SITE, "embedOrigins", List.of(LISTED))),
                SiteDocument.class);
        TestLog.write(new SiteChanged(document, Instant.now()));
        await().until(() -> sites.find(SITE).filter(document::equals).isPresent());
    }

    @AfterEach
    void run() {
        clock.run();
    }

    private ResponseSpec ask(HttpMethod method, String path, String token, String... headers) {
        return http.method(method)
                .uri(path)
                .headers(all -> {
                    all.setBearerAuth(token);
                    for (int i = 0; i < headers.length; i += 2) {
                        all.set(headers[i], headers[i + 1]);
                    }
                })
                .exchange();
    }

    private ResponseSpec mint(String user, String token, String... headers) {
        return ask(HttpMethod.POST, "/api/sites/embed/users/" + user + "/embed-token", token, headers);
    }

    private String embedToken() {
        return AlertsOverHttp.body(mint("maria", TestTokens.staff("maria", SITE))
                        .expectStatus()
                        .isOk())
                .get("token")
                .asString();
    }

    private static String role(String user, String role) {
        return TestTokens.token(user, List.of(SITE), List.of(role), Duration.ofMinutes(10));
    }

    @Test
    void itIsMintedForOneselfByAdminsAndByApplications() {
        JsonNode minted = AlertsOverHttp.body(
                mint("maria", role("app", "service")).expectStatus().isOk());
        assertThat(Instant.parse(minted.get("expiresAt").asString()))
                .isBetween(Instant.now().plusSeconds(800), Instant.now().plusSeconds(901));
        assertThat(minted.get("origins").toString()).isEqualTo("[\"%s\"]".formatted(LISTED));
        mint("maria", role("sam", "admin")).expectStatus().isOk();
        mint("maria", role("joe", "staff")).expectStatus().isForbidden();
        mint("maria", embedToken()).expectStatus().isNotFound();
        mint("maria", TestTokens.staff("maria", "embed-other")).expectStatus().isNotFound();
        mint("maria", TestTokens.staff("maria", SITE), HttpHeaders.ORIGIN, FOREIGN)
                .expectStatus()
                .isForbidden();
    }

    @Test
    void itShowsItsUsersAlertsAndDismissesThem() {
        CaseRef caseRef = Office.aCase();
        office.assigns(caseRef, "maria primary");
        office.files("Shown elsewhere", caseRef);
        String token = embedToken();
        JsonNode alert = await().until(
                        () -> AlertsOverHttp.body(ask(HttpMethod.GET, ALERTS, token))
                                .get("items"),
                        items -> items != null && !items.isEmpty())
                .get(0);
        assertThat(alert.get("preview").asString()).isEqualTo("Shown elsewhere");
        String dismissal = "/api/sites/embed/alerts/" + alert.get("alertId").asString() + "/dismissal";
        assertThat(AlertsOverHttp.body(ask(HttpMethod.POST, dismissal, token)
                                .expectStatus()
                                .isOk())
                        .get("by")
                        .asString())
                .isEqualTo("maria");
    }

    @Test
    void itOpensNothingElse() {
        String token = embedToken();
        for (String path : List.of(
                "/api/sites/embed/users/joe/alerts",
                "/api/sites/embed/users/joe/alerts/stream",
                "/api/sites/embed-other/users/maria/alerts",
                "/api/sites/embed/reminders",
                "/api/sites/embed/users/maria/unanswered",
                "/api/sites/embed")) {
            ask(HttpMethod.GET, path, token).expectStatus().isNotFound();
        }
        ask(HttpMethod.POST, "/api/sites/embed-other/alerts/" + java.util.UUID.randomUUID() + "/dismissal", token)
                .expectStatus()
                .isNotFound();
        ask(HttpMethod.GET, ALERTS, token + "x").expectStatus().isUnauthorized();
        ask(HttpMethod.GET, ALERTS, "cwe.e30.x").expectStatus().isUnauthorized();
    }

    @Test
    void itEndsAfterAQuarterOfAnHour() {
        String token = embedToken();
        ask(HttpMethod.GET, ALERTS, token).expectStatus().isOk();
        clock.runAhead(Duration.ofMinutes(15));
        ask(HttpMethod.GET, ALERTS, token)
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }

    @Test
    void onlyListedOriginsMayReadIt() {
        String token = embedToken();
        ask(HttpMethod.GET, ALERTS, token, HttpHeaders.ORIGIN, LISTED)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, LISTED)
                .expectHeader()
                .doesNotExist(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS);
        ask(HttpMethod.GET, ALERTS, token, HttpHeaders.ORIGIN, FOREIGN)
                .expectStatus()
                .isForbidden()
                .expectHeader()
                .doesNotExist(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
        ask(HttpMethod.GET, ALERTS, token, HttpHeaders.ORIGIN, TestTokens.issuer())
                .expectStatus()
                .isOk();
        ask(HttpMethod.GET, ALERTS, TestTokens.staff("maria", SITE), HttpHeaders.ORIGIN, LISTED)
                .expectHeader()
                .doesNotExist(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
    }

    @Test
    void aBrowserThatAsksBeforeIsAnswered() {
        preflight(LISTED)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, LISTED);
        preflight(FOREIGN).expectStatus().isForbidden();
    }

    private ResponseSpec preflight(String origin) {
        return http.method(HttpMethod.OPTIONS)
                .uri(ALERTS + "/stream")
                .header(HttpHeaders.ORIGIN, origin)
                .header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, "GET")
                .header(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS, "authorization")
                .exchange();
    }
}

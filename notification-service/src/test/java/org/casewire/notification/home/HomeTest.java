package org.casewire.notification.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestTokens;
import org.casewire.events.transport.WireJson;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;

@ServiceTest
class HomeTest {

    private final RestTestClient http;
    private final Sites sites;

    HomeTest(RestTestClient http, Sites sites) {
        this.http = http;
        this.sites = sites;
    }

    private EntityExchangeResult<String> get(String path) {
        return http.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult();
    }

    private static String header(EntityExchangeResult<?> answer, String name) {
        return String.valueOf(answer.getResponseHeaders().getFirst(name));
    }

    @Test
    void everybodyMayAskWhereToSignIn() {
        http.get()
                .uri("/home/settings")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json("""
                        {"issuer":"%s","clientId":"casewire-home"}""".formatted(TestTokens.issuer()));
    }

    @Test
    void thePageRunsOnlyOurOwnScripts() throws Exception {
        EntityExchangeResult<String> page = get("/");
        String policy = header(page, "Content-Security-Policy");
        assertThat(policy)
                .contains("default-src 'none'", "frame-ancestors 'none'", "connect-src 'self' " + TestTokens.issuer())
                .doesNotContain("unsafe");
        Matcher inline = Pattern.compile("<script type=\"importmap\">(.*?)</script>")
                .matcher(String.valueOf(page.getResponseBody()));
        assertThat(inline.find()).isTrue();
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(inline.group(1).getBytes(StandardCharsets.UTF_8));
        assertThat(policy).contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
        assertThat(page.getResponseBody()).doesNotContain("style=", "onclick", "http://", "https://");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(page, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(header(page, HttpHeaders.SET_COOKIE)).isEqualTo("null");
    }

    @Test
    void everythingThePageLoadsIsThere() {
        for (String file : List.of(
                "home.js", "frame.js", "board.js", "session.js", "alerts.js", "view.js", "style.css", "icon.svg")) {
            assertThat(get("/home/" + file).getResponseBody()).isNotBlank();
        }
        Matcher library =
                Pattern.compile("\"(/webjars/[^\"]+\\.js)\"").matcher(String.valueOf(get("/").getResponseBody()));
        assertThat(library.find()).isTrue();
        assertThat(header(get(library.group(1)), HttpHeaders.CACHE_CONTROL)).contains("immutable");
        assertThat(header(get("/favicon.ico"), HttpHeaders.CONTENT_TYPE)).startsWith("image/svg+xml");
    }

    @Test
    void aFileIsSentAgainOnlyWhenItChanged() {
        EntityExchangeResult<String> first = get("/home/home.js");
        assertThat(header(first, HttpHeaders.CACHE_CONTROL)).isEqualTo("no-cache");
        assertThat(MediaType.parseMediaType(header(first, HttpHeaders.CONTENT_TYPE))
                        .getSubtype())
                .isEqualTo("javascript");
        assertThat(first.getResponseHeaders().containsHeader(HttpHeaders.LAST_MODIFIED))
                .isFalse();
        http.get()
                .uri("/home/home.js")
                .header(HttpHeaders.IF_NONE_MATCH, header(first, HttpHeaders.ETAG))
                .exchange()
                .expectStatus()
                .isNotModified();
    }

    @Test
    void theBlockStandsOnlyInPagesThatTheSiteLists() {
        SiteDocument document = WireJson.MAPPER.readValue("""
                {"site":"framed","embedOrigins":["https://cases.example.org"]}""", SiteDocument.class);
        TestLog.write(new SiteChanged(document, Instant.now()));
        await().until(() -> sites.find("framed").isPresent());
        EntityExchangeResult<String> block = get("/home/embed?site=framed");
        assertThat(header(block, "Content-Security-Policy"))
                .contains("default-src 'none'", "frame-ancestors 'self' https://cases.example.org")
                .doesNotContain("unsafe", "127.0.0.1");
        assertThat(header(block, "X-Frame-Options")).isEqualTo("null");
        assertThat(header(get("/home/embed?site=nowhere"), "Content-Security-Policy"))
                .contains("frame-ancestors 'none'");
        assertThat(header(get("/home/embed"), "Content-Security-Policy")).contains("frame-ancestors 'none'");
        assertThat(header(get("/home/embed.js"), "Cross-Origin-Resource-Policy"))
                .isEqualTo("cross-origin");
        assertThat(header(get("/"), "X-Frame-Options")).isEqualTo("DENY");
    }
}

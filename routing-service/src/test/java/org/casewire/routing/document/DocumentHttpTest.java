package org.casewire.routing.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.casewire.routing.document.TwilioStub.content;
import static org.casewire.routing.document.TwilioStub.status;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.casewire.events.testing.TestTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

class DocumentHttpTest extends FilesOfASite {

    private static final byte[] PICTURE = Samples.jpeg(100_000);
    private static final String STAFF = TestTokens.staff("maria", SITE);

    private final RestTestClient http;

    DocumentHttpTest(RestTestClient http) {
        this.http = http;
    }

    private String picture() {
        return String.valueOf(
                settled(receives(TWILIO.file(content("image/jpeg", PICTURE)))).href());
    }

    private ResponseSpec get(String href, String token, String... header) {
        return http.get()
                .uri(href)
                .headers(headers -> {
                    headers.setBearerAuth(token);
                    if (header.length > 0) {
                        headers.set(header[0], header[1]);
                    }
                })
                .exchange();
    }

    private static String code(ResponseSpec response) {
        return response.expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody()
                .get("code")
                .asString();
    }

    @Test
    void aPictureIsShownAndRunsNothing() {
        EntityExchangeResult<byte[]> answer = get(picture(), STAFF)
                .expectStatus()
                .isOk()
                .expectBody(byte[].class)
                .returnResult();

        assertThat(answer.getResponseBody()).isEqualTo(PICTURE);
        HttpHeaders headers = answer.getResponseHeaders();
        assertThat(headers.getFirst("Content-Type")).isEqualTo("image/jpeg");
        assertThat(headers.getContentLength()).isEqualTo(PICTURE.length);
        assertThat(headers.getFirst("Content-Disposition"))
                .matches("inline; filename=\"received-\\d{8}-\\d{6}-1\\.jpg\"");
        assertThat(headers.get("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(headers.getFirst("Content-Security-Policy"))
                .contains("sandbox")
                .contains("default-src 'none'");
        assertThat(headers.getFirst("Cache-Control")).contains("private").doesNotContain("public");
        assertThat(headers.getETag()).isEqualTo('"' + Samples.sha256(PICTURE) + '"');
    }

    @ParameterizedTest
    @CsvSource({"image/svg+xml, <svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "text/plain, words"})
    void whatMightRunIsSaved(String type, String words) {
        String sid = receives(SMALL, Map.of(), TWILIO.file(content(type, words.getBytes())));
        String href = String.valueOf(settled(SMALL, sid).href());

        HttpHeaders headers = get(href, TestTokens.staff("maria", SMALL))
                .expectStatus()
                .isOk()
                .expectBody(byte[].class)
                .returnResult()
                .getResponseHeaders();

        assertThat(headers.getFirst("Content-Type")).isIn("application/octet-stream", "text/plain");
        assertThat(headers.getFirst("Content-Disposition")).matches("attachment; filename=\"[\\w.-]+\"");
        assertThat(headers.getFirst("Content-Security-Policy")).contains("sandbox");
    }

    @Test
    void whatTheSenderCallsAFileIsNotItsName() {
        String sid = receives(TWILIO.file((exchange, time) -> {
            exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=\"../../x.html\"");
            content("image/png\"; filename=evil.html", Samples.png()).answer(exchange, time);
        }));

        HttpHeaders headers = get(String.valueOf(settled(sid).href()), STAFF)
                .expectBody(byte[].class)
                .returnResult()
                .getResponseHeaders();
        assertThat(headers.getFirst("Content-Disposition")).matches("inline; filename=\"received-[\\d-]+\\.png\"");
        assertThat(headers.getFirst("Content-Type")).isEqualTo("image/png");
    }

    @Test
    void whoHasItAlreadyIsToldSo() {
        String href = picture();

        get(href, STAFF, "If-None-Match", '"' + Samples.sha256(PICTURE) + '"')
                .expectStatus()
                .isNotModified();
        get(href, STAFF, "If-None-Match", "\"another\"").expectStatus().isOk();
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-9, 0, 9", "bytes=99990-, 99990, 99999", "bytes=-10, 99990, 99999", "bytes=5-999999, 5, 99999"})
    void aPartOfItCanBeAskedFor(String range, int from, int to) {
        EntityExchangeResult<byte[]> answer = get(picture(), STAFF, "Range", range)
                .expectStatus()
                .isEqualTo(206)
                .expectBody(byte[].class)
                .returnResult();

        assertThat(answer.getResponseBody()).isEqualTo(java.util.Arrays.copyOfRange(PICTURE, from, to + 1));
        assertThat(answer.getResponseHeaders().getFirst("Content-Range"))
                .isEqualTo("bytes " + from + "-" + to + "/100000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100000-", "bytes=abc", "bytes=9-3"})
    void aPartThatIsNotThereIsRefused(String range) {
        ResponseSpec answer = get(picture(), STAFF, "Range", range);

        answer.expectStatus().isEqualTo(416).expectHeader().valueEquals("Content-Range", "bytes */100000");
        assertThat(code(answer)).isEqualTo("INVALID_RANGE");
    }

    @Test
    void itsHeadersCanBeAskedForAlone() {
        HttpHeaders headers = http.method(HttpMethod.HEAD)
                .uri(picture())
                .headers(own -> own.setBearerAuth(STAFF))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .isEmpty()
                .getResponseHeaders();
        assertThat(headers.getFirst("Content-Length")).isEqualTo("100000");
    }

    @Test
    void anotherSitesTokenSeesNothingOfIt() {
        String href = picture();

        get(href, TestTokens.staff("eve", SMALL)).expectStatus().isNotFound();
        get(href.replace("/" + SITE + "/", "/" + SMALL + "/"), TestTokens.staff("eve", SMALL))
                .expectStatus()
                .isNotFound();
        http.get().uri(href).exchange().expectStatus().isUnauthorized();
    }

    @Test
    void serviceMayReadItAndAnyOtherRoleMayNot() {
        String href = picture();

        get(href, TestTokens.token("upstream", List.of(SITE), List.of("service"), Duration.ofMinutes(5)))
                .expectStatus()
                .isOk();
        get(href, TestTokens.token("nobody", List.of(SITE), List.of(), Duration.ofMinutes(5)))
                .expectStatus()
                .isForbidden();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-0000-0000-000000000000", "nonsense", "..%2f..%2fetc", "1-1-1-1-1"})
    void whatIsNotThereIsNotFound(String id) {
        get("/api/sites/" + SITE + "/documents/" + id, STAFF).expectStatus().is4xxClientError();
        assertThat(code(get("/api/sites/" + SITE + "/documents/" + UUID.randomUUID(), STAFF)))
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void whatIsNotKeptIsNotFoundAndSaysSo() {
        String sid = receives(TWILIO.file(content("image/jpeg", Samples.html())), TWILIO.file(status(404)));
        settled(sid);
        for (UUID id : jdbc.sql("SELECT document_id FROM document WHERE sid = ?")
                .param(sid)
                .query(UUID.class)
                .list()) {
            ResponseSpec answer = get("/api/sites/" + SITE + "/documents/" + id, STAFF);
            answer.expectStatus().isNotFound();
            assertThat(code(answer)).isEqualTo("NOT_STORED");
        }
    }

    @Test
    void aFileTheStoreDoesNotGiveIsAskedForLater() throws IOException {
        String sid = receives(TWILIO.file(content("image/jpeg", PICTURE)));
        String href = String.valueOf(settled(sid).href());
        Files.delete(kept(sid));

        ResponseSpec answer = get(href, STAFF);
        answer.expectStatus().isEqualTo(503).expectHeader().contentType("application/problem+json");
        assertThat(code(answer)).isEqualTo("STORE_AWAY");
    }
}

package org.casewire.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
class PreviewTest extends OutboundWithTwin {

    private final RestTestClient http;
    private final JdbcClient jdbc;

    PreviewTest(RestTestClient http, JdbcClient jdbc) {
        this.http = http;
        this.jdbc = jdbc;
    }

    private JsonNode post(String site, String role, String json, int status) {
        byte[] body = http.post()
                .uri("/api/sites/" + site + "/messages/preview")
                .headers(headers -> headers.setBearerAuth(
                        TestTokens.token("maria", List.of(site), List.of(role), Duration.ofMinutes(5))))
                .contentType(MediaType.APPLICATION_JSON)
                .body(json)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .returnResult()
                .getResponseBody();
        return JsonMapper.shared().readTree(body);
    }

    private JsonNode preview(String fields) {
        return post("demo", "staff", "{\"to\":\"" + contact + "\"," + fields + "}", 200);
    }

    @Test
    void aComposerSeesWhatWouldLeave() {
        JsonNode shown = preview("\"body\":\"Come at 9\"");
        assertThat(JsonMapper.shared().readTree("""
                {"text":"Come at 9","encoding":"GSM_7","characters":9,"left":151,"segments":1,
                 "parts":[{"text":"Come at 9","segments":1}],"pictures":0,"forcedUcs2By":null,"refusal":null}
                """)).isEqualTo(shown);
    }

    @Test
    void theCharacterThatForcesUcs2IsNamed() {
        JsonNode shown = preview("\"body\":\"It’s 😀\"");
        assertThat(shown.get("encoding").asString()).isEqualTo("UCS_2");
        assertThat(shown.get("characters").asInt()).isEqualTo(6);
        assertThat(shown.get("left").asInt()).isEqualTo(63);
        JsonNode foreign = shown.get("forcedUcs2By");
        assertThat(foreign.get("character").asString()).isEqualTo("’");
        assertThat(foreign.get("codePoint").asString()).isEqualTo("U+2019");
        assertThat(foreign.get("index").asInt()).isEqualTo(2);
    }

    @Test
    void aStyledTextAndAQuickEntryAreShownAsTheyWouldLeave() {
        assertThat(preview("\"format\":\"MARKDOWN\",\"body\":\"**now**\"")
                        .get("text")
                        .asString())
                .isEqualTo("NOW");
        assertThat(preview("\"quickEntry\":{\"name\":\"greeting\",\"values\":{\"name\":\"Ana {x}\"}}")
                        .get("text")
                        .asString())
                .isEqualTo("Hello Ana {x}");
    }

    @Test
    void theLeftCountIsOfTheLastSegment() {
        assertThat(preview("\"body\":\"" + "a".repeat(161) + "\"").get("left").asInt())
                .isEqualTo(2 * 153 - 161);
        assertThat(preview("\"body\":\"" + "a".repeat(160) + "\"").get("left").asInt())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    BODY_TOO_LONG             ; "to":"+14045387319","body":"%s"
                    INVALID_NUMBER            ; "to":"12345","body":"%s"
                    INVALID_REQUEST           ; "body":"%s"
                    UNSUPPORTED_COUNTRY       ; "to":"+4930123456","body":"%s"
                    INVALID_MEDIA             ; "to":"+14045387319","body":"%s","mediaUrls":["file:///etc/passwd"]
                    INVALID_SCHEDULE          ; "to":"+14045387319","body":"%s","sendAt":"2020-01-01T00:00:00Z"
                    """)
    void whatIsRefusedIsShownWithTheReason(String code, String fields) {
        String text = code.equals("BODY_TOO_LONG") ? "word ".repeat(700).strip() : "Come at 9";
        JsonNode shown = post("demo", "service", "{" + fields.formatted(text) + "}", 200);
        assertThat(shown.get("refusal").get("code").asString()).isEqualTo(code);
        assertThat(shown.get("refusal").get("detail").asString()).isNotBlank();
        assertThat(shown.get("text").asString()).isEqualTo(text);
        assertThat(shown.get("segments").asInt()).isPositive();
    }

    @Test
    void whatCannotBeShownIsRefusedAllTheSame() {
        JsonNode nothing = preview("\"body\":\" \"");
        assertThat(nothing.get("refusal").get("code").asString()).isEqualTo("BODY_MISSING");
        assertThat(nothing.get("text").isNull()).isTrue();
        assertThat(nothing.get("parts").isEmpty()).isTrue();
        assertThat(preview("\"quickEntry\":{\"name\":\"none\"}")
                        .get("refusal")
                        .get("code")
                        .asString())
                .isEqualTo("UNKNOWN_QUICK_ENTRY");
        assertThat(preview("\"body\":\"" + "a".repeat(1_000_000) + "\"")
                        .get("refusal")
                        .get("code")
                        .asString())
                .isEqualTo("BODY_TOO_LONG");
        String urls = "\"https://files.example.org/a.png\",".repeat(300);
        assertThat(preview("\"body\":\"Hi\",\"mediaUrls\":[" + urls.substring(0, urls.length() - 1) + "]")
                        .get("refusal")
                        .get("code")
                        .asString())
                .isEqualTo("TOO_MANY_MEDIA");
    }

    @Test
    void aPersonWhoseConsentIsMissingIsNamedAsTheReason() {
        assertThat(post("careful", "staff", "{\"to\":\"" + contact + "\",\"body\":\"Hi\"}", 200)
                        .get("refusal")
                        .get("code")
                        .asString())
                .isEqualTo("CONSENT_MISSING");
    }

    @Test
    void aPreviewLeavesNothingBehind() {
        preview("\"body\":\"Only looking\"");
        assertThat(jdbc.sql("SELECT count(*) FROM message WHERE contact = ?")
                        .param(contact)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void whoMayNotSendMayNotLook() {
        assertThat(post("demo", "operator", "{\"body\":\"Hi\"}", 403)
                        .get("code")
                        .asString())
                .isEqualTo("FORBIDDEN");
        assertThat(post("nowhere", "staff", "{\"body\":\"Hi\"}", 404)
                        .get("code")
                        .asString())
                .isEqualTo("UNKNOWN_SITE");
        assertThat(post("demo", "staff", "[]", 400).get("code").asString()).isEqualTo("INVALID_REQUEST");
    }
}

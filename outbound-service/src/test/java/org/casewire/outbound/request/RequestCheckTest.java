package org.casewire.outbound.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.casewire.events.RejectionReason;
import org.casewire.events.SendRequested;
import org.casewire.events.SiteDocument;
import org.casewire.events.transport.WireJson;
import org.casewire.events.transport.WireJson.Reading;
import org.casewire.outbound.media.Media;
import org.casewire.outbound.media.MediaFixture;
import org.casewire.outbound.message.Message.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestCheckTest {

    private static final Instant NOW = Instant.parse("2026-03-02T13:00:00Z");
    private static final Map<String, SiteDocument> SITES = Stream.of("""
                    {"site":"demo","consentPolicy":"IMPLIED","senders":[
                      {"number":"+14045387300","ratePerSecond":1},
                      {"number":"72345","kind":"SHORT_CODE","ratePerSecond":100},
                      {"messagingServiceSid":"MG0123456789abcdef0123456789abcdef","ratePerSecond":1}]}
                    """, """
                    {"site":"careful","senders":[{"number":"+14045387300","ratePerSecond":1}]}
                    """, """
                    {"site":"mute","consentPolicy":"IMPLIED"}
                    """, """
                    {"site":"berlin","consentPolicy":"IMPLIED","region":"DE","regions":["DE"],
                     "senders":[{"number":"+4930123456","ratePerSecond":1}]}
                    """)
            .map(json -> WireJson.MAPPER.readValue(json, SiteDocument.class))
            .collect(java.util.stream.Collectors.toMap(SiteDocument::site, site -> site));

    private final Media media = MediaFixture.trusting(URI.create("http://127.0.0.1:8085"));
    private final RequestCheck check = new RequestCheck(media);

    private Optional<Rejection> verdict(String json, Instant requestedAt) {
        Reading<SendRequested> reading = WireJson.read(json.getBytes(StandardCharsets.UTF_8), SendRequested.class);
        SiteDocument site = SITES.get(reading.value().site());
        Draft draft = new Composer().compose(reading.value(), site, Map.of());
        return check.check(
                new Asked(UUID.randomUUID(), reading.value(), reading.problems(), requestedAt, "trace"),
                site,
                draft,
                NOW);
    }

    private Optional<Rejection> verdict(String json) {
        return verdict(json, NOW);
    }

    private static String demo(String fields) {
        return "{\"site\":\"demo\",\"to\":\"404-538-7319\"" + fields + "}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"body\":\"Hi\"",
                ",\"body\":\"Your hearing 📅 غداً\"",
                ",\"mediaUrls\":[\"https://files.example.org/a.png\"]",
                ",\"body\":\"\",\"mediaUrls\":[\"https://files.example.org/a.png\"]",
                ",\"mediaUrls\":[\"http://127.0.0.1:8085/samples/a.png\"]",
                ",\"body\":\"Hi\",\"from\":\"(404) 538-7300\"",
                ",\"body\":\"Hi\",\"from\":\"72345\"",
                ",\"body\":\"Hi\",\"from\":\"MG0123456789abcdef0123456789abcdef\"",
                ",\"body\":\"Hi\",\"format\":\"TEXT\"",
                ",\"body\":\"Hi\",\"sendAt\":\"2026-03-02T12:00:00Z\"",
                ",\"body\":\"Hi\",\"sendAt\":\"2026-03-03T13:00:00Z\",\"expiresAt\":\"2026-03-03T13:00:01Z\"",
                ",\"body\":\"Hi\",\"caseRef\":{\"kind\":\"INTAKE\",\"id\":\"16I-7\"},\"sentBy\":\"maria\"",
                ",\"body\":\"Hi\",\"attributes\":{\"ticket\":\"7\"}"
            })
    void whatCanBeSentHasNoReasonAgainstIt(String fields) {
        assertThat(verdict(demo(fields))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    INVALID_REQUEST     ~ to is missing: the number to text. ~ {"site":"demo","body":"Hi"}
                    INVALID_REQUEST     ~ to is missing: the number to text. ~ {"site":"demo","to":" ","body":"Hi"}
                    INVALID_NUMBER      ~ to is not a phone number that can be texted; check area code, exchange and line. ~ {"site":"demo","to":"12345","body":"Hi"}
                    INVALID_NUMBER      ~ to is not a phone number that can be texted; check area code, exchange and line. ~ {"site":"demo","to":"404-538-7319 x12","body":"Hi"}
                    UNSUPPORTED_COUNTRY ~ to is a number of DE, and this site texts only to US, CA. ~ {"site":"demo","to":"+4930123456","body":"Hi"}
                    UNSUPPORTED_COUNTRY ~ to is a number of US, and this site texts only to DE. ~ {"site":"berlin","to":"+14045387319","body":"Hi"}
                    BODY_MISSING        ~ There is nothing to send: body is missing or blank. ~ {"site":"demo","to":"404-538-7319"}
                    BODY_MISSING        ~ There is nothing to send: body is missing or blank. ~ {"site":"demo","to":"404-538-7319","body":" \\n"}
                    INVALID_REQUEST     ~ body holds a character that is none (U+0000 or half of a pair). ~ {"site":"demo","to":"404-538-7319","body":"a\\u0000b"}
                    INVALID_REQUEST     ~ body holds a character that is none (U+0000 or half of a pair). ~ {"site":"demo","to":"404-538-7319","body":"a\\ud83d"}
                    INVALID_REQUEST     ~ body and quickEntry exclude each other. ~ {"site":"demo","to":"404-538-7319","body":"Hi","quickEntry":{"name":"a"}}
                    UNKNOWN_QUICK_ENTRY ~ This site has no quick entry 'a'. ~ {"site":"demo","to":"404-538-7319","quickEntry":{"name":"a"}}
                    INVALID_MEDIA       ~ mediaUrls[0] is not an address that pictures are fetched from; it must begin with https:// and name a host. ~ {"site":"demo","to":"404-538-7319","mediaUrls":["http://files.example.org/a.png"]}
                    INVALID_MEDIA       ~ mediaUrls[0] holds a user name or password; put the picture where it can be fetched without. ~ {"site":"demo","to":"404-538-7319","mediaUrls":["https://maria:secret@files.example.org/a.png"]}
                    INVALID_MEDIA       ~ mediaUrls[0] is not an address that pictures are fetched from; it must begin with https:// and name a host. ~ {"site":"demo","to":"404-538-7319","mediaUrls":["https:///a.png"]}
                    INVALID_MEDIA       ~ mediaUrls[0] is not an address that pictures are fetched from; it must begin with https:// and name a host. ~ {"site":"demo","to":"404-538-7319","mediaUrls":["http://127.0.0.1:8086/a.png"]}
                    INVALID_MEDIA       ~ mediaUrls[0] is not an address that pictures are fetched from; it must begin with https:// and name a host. ~ {"site":"demo","to":"404-538-7319","mediaUrls":["not an address"]}
                    INVALID_MEDIA       ~ mediaUrls[0] is missing. ~ {"site":"demo","to":"404-538-7319","mediaUrls":[null]}
                    INVALID_MEDIA       ~ mediaUrls[0] is not an address that pictures are fetched from; it must begin with https:// and name a host. ~ {"site":"demo","to":"404-538-7319","mediaUrls":["javascript:alert(1)"]}
                    INVALID_MEDIA       ~ mediaUrls[0] is not an address that pictures are fetched from; it must begin with https:// and name a host. ~ {"site":"demo","to":"404-538-7319","mediaUrls":["file:///etc/passwd"]}
                    INVALID_MEDIA       ~ mediaUrls[0] is not an address that pictures are fetched from; it must begin with https:// and name a host. ~ {"site":"demo","to":"404-538-7319","mediaUrls":["ftp://files.example.org/a.png"]}
                    INVALID_MEDIA       ~ mediaUrls[0] is not an address that pictures are fetched from; it must begin with https:// and name a host. ~ {"site":"demo","to":"404-538-7319","mediaUrls":["data:image/png;base64,AA"]}
                    INVALID_MEDIA       ~ mediaUrls[0] is not an address that pictures are fetched from; it must begin with https:// and name a host. ~ {"site":"demo","to":"404-538-7319","mediaUrls":["//files.example.org/a.png"]}
                    INVALID_MEDIA       ~ mediaUrls[1] does not lie on the public internet, where pictures are fetched from. ~ {"site":"demo","to":"404-538-7319","mediaUrls":["https://files.example.org/a.png","https://127.0.0.1/a.png"]}
                    INVALID_MEDIA       ~ mediaUrls[1] does not lie on the public internet, where pictures are fetched from. ~ {"site":"demo","to":"404-538-7319","mediaUrls":["https://files.example.org/a.png","https://10.0.0.7/a.png"]}
                    INVALID_MEDIA       ~ mediaUrls[1] does not lie on the public internet, where pictures are fetched from. ~ {"site":"demo","to":"404-538-7319","mediaUrls":["https://files.example.org/a.png","https://169.254.169.254/latest/meta-data"]}
                    INVALID_MEDIA       ~ mediaUrls[1] does not lie on the public internet, where pictures are fetched from. ~ {"site":"demo","to":"404-538-7319","mediaUrls":["https://files.example.org/a.png","https://[::1]/a.png"]}
                    INVALID_MEDIA       ~ mediaUrls[1] does not lie on the public internet, where pictures are fetched from. ~ {"site":"demo","to":"404-538-7319","mediaUrls":["https://files.example.org/a.png","https://[::ffff:10.0.0.1]/a.png"]}
                    INVALID_MEDIA       ~ mediaUrls[1] does not lie on the public internet, where pictures are fetched from. ~ {"site":"demo","to":"404-538-7319","mediaUrls":["https://files.example.org/a.png","https://localhost:8443/a.png"]}
                    INVALID_MEDIA       ~ mediaUrls[1] does not lie on the public internet, where pictures are fetched from. ~ {"site":"demo","to":"404-538-7319","mediaUrls":["https://files.example.org/a.png","https://intranet/a.png"]}
                    INVALID_MEDIA       ~ mediaUrls[1] does not lie on the public internet, where pictures are fetched from. ~ {"site":"demo","to":"404-538-7319","mediaUrls":["https://files.example.org/a.png","https://2130706433/a.png"]}
                    UNKNOWN_SENDER      ~ from is none of the site's senders. ~ {"site":"demo","to":"404-538-7319","body":"Hi","from":"+14045380000"}
                    UNKNOWN_SENDER      ~ The site has no sender. ~ {"site":"mute","to":"404-538-7319","body":"Hi"}
                    INVALID_SCHEDULE    ~ sendAt lies more than an hour before the request was made. ~ {"site":"demo","to":"404-538-7319","body":"Hi","sendAt":"2026-03-02T11:59:59Z"}
                    INVALID_SCHEDULE    ~ expiresAt must lie after sendAt. ~ {"site":"demo","to":"404-538-7319","body":"Hi","sendAt":"2026-03-03T13:00:00Z","expiresAt":"2026-03-03T13:00:00Z"}
                    INVALID_SCHEDULE    ~ sendAt and expiresAt must lie before the year 10000. ~ {"site":"demo","to":"404-538-7319","body":"Hi","sendAt":"+10000-01-01T00:00:00Z"}
                    INVALID_SCHEDULE    ~ sendAt and expiresAt must lie before the year 10000. ~ {"site":"demo","to":"404-538-7319","body":"Hi","expiresAt":"+12026-01-01T00:00:00Z"}
                    EXPIRED             ~ expiresAt has passed; the text is of no use any more. ~ {"site":"demo","to":"404-538-7319","body":"Hi","expiresAt":"2026-03-02T13:00:00Z"}
                    INVALID_REQUEST     ~ sentBy must be 1 to 100 characters without '/', '|' and control characters. ~ {"site":"demo","to":"404-538-7319","body":"Hi","sentBy":"a|b"}
                    INVALID_REQUEST     ~ attributes must be at most 10 strings of at most 256 characters. ~ {"site":"demo","to":"404-538-7319","body":"Hi","attributes":{"a":null}}
                    INVALID_REQUEST     ~ attributes must be at most 10 strings of at most 256 characters. ~ {"site":"demo","to":"404-538-7319","body":"Hi","attributes":{"a":"\\u0000"}}
                    """)
    void whatCannotBeSentIsRefusedInASentence(RejectionReason reason, String sentence, String json) {
        assertThat(verdict(json)).contains(new Rejection(reason, sentence));
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("purpose", "\"purpose\":\"SPAM\""),
                Arguments.of("sendAt", "\"sendAt\":\"tomorrow\""),
                Arguments.of("expiresAt", "\"expiresAt\":[]"),
                Arguments.of("caseRef.kind", "\"caseRef\":{\"kind\":\"MATTER\",\"id\":\"1\"}"),
                Arguments.of("caseRef", "\"caseRef\":{\"kind\":\"CASE\",\"id\":\"a/b\"}"),
                Arguments.of("mediaUrls", "\"mediaUrls\":\"https://files.example.org/a.png\""),
                Arguments.of("attributes", "\"attributes\":[1]"),
                Arguments.of("audience", "\"audience\":\"ALL\""));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aMalformedFieldIsNamed(String field, String json) {
        assertThat(verdict(demo(",\"body\":\"Hi\"," + json))).hasValueSatisfying(refused -> {
            assertThat(refused.reason()).isEqualTo(RejectionReason.INVALID_REQUEST);
            assertThat(refused.detail()).contains(field + " ").endsWith(".");
        });
    }

    @Test
    void everyMalformedFieldIsNamedAtOnce() {
        assertThat(verdict(demo(",\"purpose\":\"SPAM\",\"sendAt\":\"soon\"")))
                .hasValueSatisfying(refused -> assertThat(refused.detail()).contains("purpose ", "; sendAt "));
    }

    @Test
    void aTextHasAtMostTheSegmentsTheSiteAllows() {
        assertThat(verdict(demo(",\"body\":\"" + "a".repeat(2906) + "\""))).isEmpty();
        assertThat(verdict(demo(",\"body\":\"" + "a".repeat(3200) + "\"")))
                .contains(new Rejection(
                        RejectionReason.BODY_TOO_LONG,
                        "The text takes 22 segments, and this site sends at most 20 in one message; shorten it."));
    }

    @Test
    void aMessageHasAtMostTenPictures() {
        String picture = "\"https://files.example.org/a.png\"";
        assertThat(verdict(
                        demo(",\"mediaUrls\":[" + String.join(",", java.util.Collections.nCopies(10, picture)) + "]")))
                .isEmpty();
        assertThat(verdict(
                        demo(",\"mediaUrls\":[" + String.join(",", java.util.Collections.nCopies(11, picture)) + "]")))
                .contains(new Rejection(
                        RejectionReason.TOO_MANY_MEDIA,
                        "mediaUrls has 11 pictures; this site sends at most 10 with one message."));
    }

    @Test
    void attributesAreFewAndShort() {
        String eleven = java.util.stream.IntStream.range(0, 11)
                .mapToObj(i -> "\"k" + i + "\":\"v\"")
                .collect(java.util.stream.Collectors.joining(","));
        assertThat(verdict(demo(",\"body\":\"Hi\",\"attributes\":{" + eleven + "}")))
                .hasValueSatisfying(
                        refused -> assertThat(refused.detail()).startsWith("attributes must be at most 10"));
        assertThat(verdict(demo(",\"body\":\"Hi\",\"attributes\":{\"k\":\"" + "v".repeat(257) + "\"}")))
                .isPresent();
        assertThat(verdict(demo(",\"body\":\"Hi\",\"attributes\":{\"k\":\"" + "v".repeat(256) + "\"}")))
                .isEmpty();
    }

    @Test
    void anHourIsCountedFromWhenTheUpstreamAskedAndNotFromWhenItWasRead() {
        String json = demo(",\"body\":\"Hi\",\"sendAt\":\"2026-03-02T09:00:00Z\"");
        assertThat(verdict(json, Instant.parse("2026-03-02T10:00:00Z"))).isEmpty();
        assertThat(verdict(json, Instant.parse("2026-03-02T10:00:01Z")))
                .hasValueSatisfying(
                        refused -> assertThat(refused.reason()).isEqualTo(RejectionReason.INVALID_SCHEDULE));
    }

    @Test
    void theFirstThingThatIsWrongIsTheReason() {
        assertThat(verdict("{\"site\":\"careful\",\"to\":\"12345\",\"purpose\":\"SPAM\"}"))
                .hasValueSatisfying(refused -> assertThat(refused.reason()).isEqualTo(RejectionReason.INVALID_REQUEST));
        assertThat(verdict("{\"site\":\"careful\",\"to\":\"12345\",\"body\":\" \"}"))
                .hasValueSatisfying(refused -> assertThat(refused.reason()).isEqualTo(RejectionReason.INVALID_NUMBER));
    }
}

package org.casewire.outbound.optin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.casewire.events.ConsentEvent.ConsentChanged;
import org.casewire.events.ConsentEvent.Evidence;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.ConsentEvent.State;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.Topics;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestTokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From the invitation by e-mail over the form to START. */
@ServiceTest
@ExtendWith(OutputCaptureExtension.class)
class OptInJourneyTest {

    private static final AtomicInteger NUMBERS = new AtomicInteger(4000);
    private static final String SITE = "storage";
    private static final Pattern LINK = Pattern.compile("https://texts\\.example\\.org(/opt-in/\\S+)");
    private static final GreenMail MAIL = started();

    private final int serial = NUMBERS.incrementAndGet();
    private final String contact = "+1404538" + serial;
    private final String email = "maria" + serial + "@example.org";

    private final RestTestClient http;
    private final Sites sites;
    private final Links links;

    OptInJourneyTest(RestTestClient http, Sites sites, Links links) {
        this.http = http;
        this.sites = sites;
        this.links = links;
    }

    private static GreenMail started() {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        return server;
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry settings) {
        settings.add("casewire.public-base-url", () -> "https://texts.example.org/");
        settings.add("spring.mail.host", () -> "127.0.0.1");
        settings.add("spring.mail.port", () -> MAIL.getSmtp().getPort());
        settings.add("casewire.opt-in.from", () -> "Harbor Storage <texts@example.org>");
        settings.add("casewire.opt-in.visits-per-minute", () -> "50");
    }

    @BeforeEach
    void theSiteIsKnown() {
        if (sites.find(SITE).isEmpty()) {
            TestLog.write(new SiteChanged(JsonMapper.shared().readValue("""
                            {"site":"storage","displayName":"Harbor <Storage> & Sons","timeZone":"America/New_York",
                             "senders":[{"number":"+14045387300"}]}
                            """, SiteDocument.class), Instant.EPOCH));
            await().until(() -> sites.find(SITE).isPresent());
        }
    }

    private record Answer(int status, String body, org.springframework.http.HttpHeaders headers) {

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    private static Answer answer(RestTestClient.RequestHeadersSpec<?> request) {
        var result = request.exchange().expectBody(String.class).returnResult();
        return new Answer(
                result.getStatus().value(), String.valueOf(result.getResponseBody()), result.getResponseHeaders());
    }

    private Answer invite(String json) {
        return answer(http.post()
                .uri("/api/sites/{site}/consents/{contact}/invitation", SITE, contact)
                .headers(headers -> headers.setBearerAuth(TestTokens.staff("maria", SITE)))
                .contentType(MediaType.APPLICATION_JSON)
                .body(json));
    }

    private MimeMessage mail() {
        return await().until(
                        () -> Arrays.stream(MAIL.getReceivedMessages())
                                .filter(this::isForUs)
                                .toList(),
                        found -> !found.isEmpty())
                .getLast();
    }

    private boolean isForUs(MimeMessage message) {
        try {
            return message.getAllRecipients()[0].toString().equals(email);
        } catch (MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static String text(MimeMessage message) {
        try {
            return String.valueOf(message.getContent());
        } catch (MessagingException | IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** The path of a fresh link. */
    private String link(String more) {
        assertThat(invite("{\"email\":\"%s\"%s}".formatted(email, more)).status())
                .isEqualTo(202);
        Matcher link = LINK.matcher(text(mail()));
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private Answer open(String path, String... language) {
        return answer(http.get()
                .uri(URI.create(path))
                .headers(headers -> Arrays.stream(language).forEach(one -> headers.set("Accept-Language", one))));
    }

    private Answer send(String path, String form) {
        return answer(http.post()
                .uri(URI.create(path))
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body(form));
    }

    private JsonNode consent() {
        return answer(http.get()
                        .uri("/api/sites/{site}/consents/{contact}", SITE, contact)
                        .headers(headers -> headers.setBearerAuth(TestTokens.staff("maria", SITE))))
                .json();
    }

    private String state() {
        return consent().get("state").asString();
    }

    private void says(State state, String words) {
        TestLog.write(new ConsentChanged(
                SITE,
                contact,
                state,
                Source.KEYWORD,
                List.of(),
                new Evidence("SM" + UUID.randomUUID(), words, null, null),
                Instant.now()));
    }

    @Test
    void aPersonOptsInByTheFormAndStart() throws MessagingException {
        String path = link(",\"name\":\"Maria\"");
        assertThat(mail().getSubject())
                .isEqualTo("Harbor <Storage> & Sons: text messages to your number ending in " + contact.substring(10));
        assertThat(mail().getFrom()[0].toString()).isEqualTo("Harbor Storage <texts@example.org>");
        assertThat(text(mail())).startsWith("Hello Maria,").doesNotContain(contact, contact.substring(2));

        Answer form = open(path);
        assertThat(form.status()).isEqualTo(200);
        assertThat(form.body())
                .contains("(404) 538-" + serial, "readonly", "Harbor &lt;Storage&gt; &amp; Sons")
                .contains("value=\"CONVERSATION\"", "value=\"REMINDERS\"", "value=\"NOTICES\"", "name=\"agreement\"")
                .doesNotContain("checked", "<script", "role=\"alert\"");
        assertThat(state()).as("looking changes nothing").isEqualTo("UNKNOWN");

        Answer done = send(path, "category=REMINDERS&category=NOTICES&agreement=yes");
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.body()).contains("START", "(404) 538-7300", "sms:+14045387300?body&#x3D;START");
        JsonNode pending = consent();
        assertThat(pending.get("state").asString()).isEqualTo("PENDING");
        assertThat(pending.get("source").asString()).isEqualTo("WEB_FORM");
        assertThat(pending.at("/categories").toString()).isEqualTo("[\"REMINDERS\",\"NOTICES\"]");
        assertThat(pending.at("/evidence/form").asString()).contains("maria", email);
        assertThat(pending.at("/evidence/words").asString()).startsWith("I agree");
        TestLog.await(Topics.CONSENT, 1, entry -> (SITE + "|" + contact).equals(entry.key()));

        says(State.OPTED_IN, "START");
        await().untilAsserted(() -> assertThat(state()).isEqualTo("OPTED_IN"));
        assertThat(consent().at("/categories").toString()).isEqualTo("[\"REMINDERS\",\"NOTICES\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                "category=REMINDERS;agreement-error;category-error",
                "agreement=yes;category-error;agreement-error",
                "agreement=yes&category=EVERYTHING;category-error;agreement-error",
                "agreement=no&category=REMINDERS;agreement-error;category-error",
                "x=y;agreement-error;-",
            })
    void withoutAgreementOrCategoryTheFormComesAgain(String form, String said, String unsaid) {
        String path = link("");
        Answer again = send(path, form);
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.body()).contains("role=\"alert\"", "id=\"" + said + "\"", "<title>Please correct: ");
        if (unsaid != null) {
            assertThat(again.body()).doesNotContain("id=\"" + unsaid + "\"");
        }
        assertThat(again.body().contains("value=\"REMINDERS\" checked")).isEqualTo(form.contains("REMINDERS"));
        assertThat(state()).isEqualTo("UNKNOWN");
        assertThat(send(path, "category=REMINDERS&agreement=yes").status())
                .as("the link is still good")
                .isEqualTo(200);
    }

    @Test
    void aLinkWorksOnce() {
        String path = link("");
        send(path, "category=REMINDERS&agreement=yes");
        assertThat(open(path).status()).isEqualTo(410);
        Answer again = send(path, "category=NOTICES&agreement=yes");
        assertThat(again.status()).isEqualTo(410);
        assertThat(again.body()).contains("has been used", "START");
        assertThat(consent().at("/categories").toString()).isEqualTo("[\"REMINDERS\"]");
    }

    @Test
    void anOldLinkSaysSo() {
        String path = "/opt-in/" + links.token(UUID.randomUUID(), Instant.now().minusSeconds(1));
        assertThat(open(path).status()).isEqualTo(410);
        assertThat(open(path).body()).contains("expired", "new one");
        assertThat(send(path, "category=REMINDERS&agreement=yes").status()).isEqualTo(410);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "abc.def", "%20", "%F0%9F%98%80", "AAAA", "==", "x'--"})
    void aForgedLinkOpensNothing(String token) {
        Answer refused = open("/opt-in/" + token);
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.body()).contains("does not work", "new invitation");
        assertThat(refused.headers().getFirst("Content-Type")).startsWith("text/html");
    }

    @Test
    void aChangedLinkOpensNothing() {
        String path = link("");
        for (int at : List.of("/opt-in/".length(), path.length() / 2, path.length() - 3)) {
            char other = path.charAt(at) == 'A' ? 'B' : 'A';
            assertThat(open(path.substring(0, at) + other + path.substring(at + 1))
                            .status())
                    .isEqualTo(404);
        }
        assertThat(open("/opt-in/"
                                + links.token(UUID.randomUUID(), Instant.now().plusSeconds(60)))
                        .status())
                .as("signed, but nobody was invited")
                .isEqualTo(404);
    }

    @Test
    void thePageMayLoadNothingAndIsKeptNowhere() {
        var headers = open(link("")).headers();
        assertThat(headers.getFirst("Content-Security-Policy"))
                .startsWith("default-src 'none'; style-src 'sha256-")
                .contains("form-action 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "script-src");
        assertThat(headers.getFirst("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(headers.getFirst("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void thePageSpeaksThePersonsLanguage() {
        String path = link("");
        assertThat(open(path, "es-MX,es;q=0.9,en;q=0.5").body()).contains("<html lang=\"es\">", "Su número móvil");
        assertThat(open(path, "fr").body()).contains("<html lang=\"en\">");
        assertThat(open(path + "?lang=es", "en").body()).contains("<html lang=\"es\">");
        assertThat(send(path + "?lang=es", "category=REMINDERS").body()).contains("Marque la casilla");
    }

    @Test
    void staffMayChooseTheLanguageAndTheCategories() throws MessagingException {
        String path = link(",\"language\":\"es\",\"categories\":[\"NOTICES\"]");
        assertThat(mail().getSubject()).contains("mensajes de texto");
        Answer form = open(path, "en-US");
        assertThat(form.body())
                .contains("<html lang=\"es\">", "value=\"NOTICES\"")
                .doesNotContain("REMINDERS");
        assertThat(send(path, "category=REMINDERS&agreement=yes").status()).isEqualTo(422);
    }

    @Test
    void whoOptedOutMayBeInvitedAndComesBackByTheForm() {
        says(State.OPTED_OUT, "STOP");
        await().untilAsserted(() -> assertThat(state()).isEqualTo("OPTED_OUT"));
        send(link(""), "category=REMINDERS&agreement=yes");
        assertThat(state()).isEqualTo("PENDING");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{};email",
                "{\"email\":\"nobody\"};email",
                "{\"email\":\"a@example.org, b@example.org\"};email",
                "{\"email\":\"a@example.org\\r\\nBcc: b@example.org\"};email",
                "{\"email\":\"Maria <a@example.org>\"};email",
                "{\"email\":\"a@example.org\",\"categories\":[\"SALES\"]};categories",
                "{\"email\":\"a@example.org\",\"categories\":\"NOTICES\"};categories",
                "{\"email\":\"a@example.org\",\"language\":\"tlh\"};language",
                "{\"email\":\"a@example.org\",\"name\":\"a\\nb\"};name",
                "[];object",
            })
    void whatIsWrongIsRefusedByName(String json, String named) {
        Answer refused = invite(json);
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.json().get("detail").asString()).contains(named);
    }

    @Test
    void whatIsTooLongIsNotTakenForSomethingThatEndsTooEarly() {
        Answer refused = invite("{\"email\":\"a@example.org\",\"name\":\"%s\"}".formatted("a".repeat(17_000)));
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.json().get("code").asString()).isEqualTo("BODY_TOO_LARGE");
    }

    @Test
    void onlyStaffInvites() {
        assertThat(answer(http.post()
                                .uri("/api/sites/{site}/consents/{contact}/invitation", SITE, contact)
                                .headers(headers -> headers.setBearerAuth(TestTokens.token(
                                        "op", List.of("*"), List.of("operator"), Duration.ofMinutes(1))))
                                .contentType(MediaType.APPLICATION_JSON)
                                .body("{\"email\":\"a@example.org\"}"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aLinkIsNotOpenedWithoutEnd() {
        String path = link("");
        int status = 0;
        for (int visit = 0; visit < 120 && status != 429; visit++) {
            status = open(path).status();
        }
        assertThat(status).isEqualTo(429);
    }

    @Test
    void noLinkAndNoAddressStandsInTheLog(CapturedOutput output) {
        String path = link("");
        open(path);
        open(path + "/more");
        answer(http.put()
                .uri(URI.create(path))
                .contentType(MediaType.TEXT_PLAIN)
                .body("x"));
        answer(http.post()
                .uri(URI.create(path))
                .contentType(MediaType.APPLICATION_JSON)
                .body("{}"));
        send(path, "category=REMINDERS&agreement=yes");
        assertThat(output.getAll())
                .doesNotContain(path.substring("/opt-in/".length()), email, contact, contact.substring(2));
    }
}

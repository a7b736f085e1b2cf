package org.casewire.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestTokens;
import org.casewire.ingest.testing.Call;
import org.casewire.ingest.testing.IngestTest;
import org.casewire.ingest.testing.Published;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@IngestTest
@ExtendWith(OutputCaptureExtension.class)
class QuarantineTest {

    private static final String SITE = "warehouse";
    private static final String ACCOUNT = "AC00000000000000000000000000000004";
    private static final String FROM = "+14045550166";
    private static final String BODY = "The key is under the mat";
    private static final AtomicInteger SIDS = new AtomicInteger(7000);
    private static final AtomicInteger MINUTES = new AtomicInteger();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port;
    private final Sites sites;

    QuarantineTest(@LocalServerPort int port, Sites sites) {
        this.port = port;
        this.sites = sites;
    }

    @BeforeEach
    void theSiteIsNotInShadowMode() {
        site("");
    }

    /** Each document is a minute later than the one before. */
    private void site(String settings) {
        SiteDocument document =
                JsonMapper.shared().readValue("{\"site\":\"" + SITE + "\"" + settings + "}", SiteDocument.class);
        sites.apply(new SiteChanged(document, Instant.EPOCH.plus(Duration.ofMinutes(MINUTES.incrementAndGet()))));
    }

    private static Call forged(String... more) {
        return Call.to(
                        "/twilio/" + SITE + "/messages",
                        "MessageSid",
                        "SM%032x".formatted(SIDS.incrementAndGet()),
                        "From",
                        FROM,
                        "To",
                        "+16175550100",
                        "AccountSid",
                        ACCOUNT,
                        "Body",
                        BODY)
                .with(more)
                .signedWith("a token nobody told us of");
    }

    private HttpResponse<String> api(String method, String path, String role, String site) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + "/api/sites/" + SITE + "/quarantine" + path))
                .method(method, BodyPublishers.noBody())
                .header(
                        "Authorization",
                        "Bearer " + TestTokens.token("olga", List.of(site), List.of(role), Duration.ofMinutes(5)))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private JsonNode list(String query) {
        HttpResponse<String> answer = api("GET", query, "operator", "*");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private JsonNode kept(Call call) {
        return list("?limit=500")
                .get("items")
                .valueStream()
                .filter(item -> call.form()
                        .get(1)
                        .equals(item.at("/parameters/MessageSid/0").asString("")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("it is not in the quarantine"));
    }

    private HttpResponse<String> replay(JsonNode kept) {
        return api("POST", "/" + kept.get("id").asString() + "/replay", "operator", "*");
    }

    @Test
    void anOperatorSeesWhatWasRefusedAndWhy() {
        Call call = forged("Tag", "a", "Tag", "b").header("I-Twilio-Idempotency-Token", "t1");
        assertThat(call.send(port).statusCode()).isEqualTo(403);
        JsonNode kept = kept(call);
        assertThat(kept.get("reason").asString()).isEqualTo("SIGNATURE_INVALID");
        assertThat(kept.get("state").asString()).isEqualTo("REFUSED");
        assertThat(kept.get("kind").asString()).isEqualTo("messages");
        assertThat(kept.get("address").asString()).isEqualTo("/twilio/warehouse/messages");
        assertThat(kept.at("/parameters/Body/0").asString()).isEqualTo(BODY);
        assertThat(kept.at("/parameters/Tag")).hasSize(2);
        assertThat(kept.get("signature").asString()).isEqualTo(call.signatureSent());
        assertThat(kept.get("idempotencyToken").asString()).isEqualTo("t1");
        assertThat(kept.get("from").asString()).isNotBlank();
    }

    @Test
    void whatIsReplayedIsPublishedOnceAsOfWhenItCame() {
        Call call = forged("OptOutType", "STOP");
        Instant before = Instant.now();
        call.send(port);
        Instant after = Instant.now();
        JsonNode kept = kept(call);
        HttpResponse<String> first = replay(kept);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        JsonNode replayed = JsonMapper.shared().readTree(first.body());
        assertThat(replayed.get("state").asString()).isEqualTo("REPLAYED");
        assertThat(replayed.get("replayedBy").asString()).isEqualTo("olga");
        assertThat(replay(kept).statusCode()).isEqualTo(200);
        List<TestLog.Entry> published = new Published().about(call.form().get(1));
        assertThat(published).singleElement().satisfies(entry -> {
            assertThat(entry.json().get("body").asString()).isEqualTo(BODY);
            assertThat(entry.json().get("recovered").asBoolean()).isTrue();
            assertThat(entry.json().get("answer").isNull()).isTrue();
            assertThat(entry.json().at("/attributes/Casewire-Unverified").asString())
                    .isEqualTo("SIGNATURE_INVALID");
            assertThat(Instant.parse(entry.json().get("receivedAt").asString()))
                    .isBetween(before.minusMillis(1), after);
        });
    }

    @Test
    void whatCameAnotherWayMeanwhileIsNotPublishedAgain() {
        Call call = forged();
        call.send(port);
        String sid = call.form().get(1);
        Call genuine = Call.to(
                "/twilio/" + SITE + "/messages", "MessageSid", sid, "From", FROM, "To", "+16175550100", "Body", BODY);
        assertThat(genuine.send(port).statusCode()).isEqualTo(200);
        HttpResponse<String> replayed = replay(kept(call));
        assertThat(replayed.statusCode()).as(replayed.body()).isEqualTo(200);
        assertThat(new Published().about(sid)).hasSize(1);
    }

    @Test
    void whatLacksAFieldCannotBeReplayed() {
        Call call = Call.to("/twilio/" + SITE + "/status", "MessageSid", "SM%032x".formatted(SIDS.incrementAndGet()));
        assertThat(call.send(port).statusCode()).isEqualTo(400);
        HttpResponse<String> answer = replay(kept(call));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("INVALID_REQUEST", "To is missing");
        assertThat(kept(call).get("state").asString()).isEqualTo("REFUSED");
    }

    @Test
    void whatCannotBeReadIsShownAsItCame() {
        Call.to("/twilio/" + SITE + "/messages")
                .body(("Body=100%&nr=" + SIDS.incrementAndGet()).getBytes(StandardCharsets.UTF_8))
                .send(port);
        assertThat(list("?reason=INVALID_REQUEST&limit=1").at("/items/0/body").asString())
                .isEqualTo("Body=100%&nr=" + SIDS.get());
    }

    @Test
    void onlyOperatorsLookAndOnlyAtSitesOfTheirs() {
        forged().send(port);
        assertThat(api("GET", "", "staff", SITE).statusCode()).isEqualTo(403);
        assertThat(api("GET", "", "admin", SITE).statusCode()).isEqualTo(403);
        assertThat(api("POST", "/x/replay", "admin", SITE).statusCode()).isEqualTo(403);
        assertThat(api("GET", "", "operator", "hill-storage").statusCode()).isEqualTo(404);
        assertThat(api("POST", "/nothing/replay", "operator", "*").statusCode()).isEqualTo(404);
        assertThat(api("GET", "?limit=0", "operator", "*").statusCode()).isEqualTo(400);
        assertThat(api("GET", "?state=LOST", "operator", "*").statusCode()).isEqualTo(400);
    }

    @Test
    void theListComesPageByPage() {
        for (int number = 0; number < 3; number++) {
            forged().send(port);
        }
        JsonNode page = list("?limit=2");
        assertThat(page.get("items")).hasSize(2);
        JsonNode next = list("?limit=2&cursor=" + page.get("next").asString());
        assertThat(next.at("/items/0/id").asString())
                .isLessThan(page.at("/items/1/id").asString());
    }

    @Test
    void onTheTopicNothingCanBeRead(CapturedOutput output) {
        Call call = forged();
        call.send(port);
        String id = kept(call).get("id").asString();
        await().untilAsserted(() -> assertThat(TestLog.all(
                        "sms.quarantine", entry -> new String(entry.value(), StandardCharsets.UTF_8).contains(id)))
                .singleElement()
                .satisfies(entry -> assertThat(new String(entry.value(), StandardCharsets.ISO_8859_1))
                        .doesNotContain(
                                BODY, FROM, FROM.substring(1), call.form().get(1))));
        assertThat(output.getAll()).doesNotContain(BODY, FROM, FROM.substring(1));
    }

    @Test
    void aSiteInShadowModeTakesWhatItWouldRefuseAndReportsIt() {
        site(",\"shadowSignatures\":\"" + Instant.now().plus(Duration.ofHours(1)) + "\"");
        Call call = forged();
        assertThat(call.send(port).statusCode()).isEqualTo(200);
        assertThat(forged().signature(null).send(port).statusCode()).isEqualTo(200);
        assertThat(new Published().about(call.form().get(1)))
                .singleElement()
                .satisfies(entry -> assertThat(entry.json()
                                .at("/attributes/Casewire-Unverified")
                                .asString())
                        .isEqualTo("SIGNATURE_INVALID"));
        JsonNode kept = kept(call);
        assertThat(kept.get("state").asString()).isEqualTo("TAKEN");
        assertThat(kept.get("reason").asString()).isEqualTo("SIGNATURE_INVALID");
        assertThat(replay(kept).statusCode()).isEqualTo(409);
        assertThat(list("?state=TAKEN").get("items")).isNotEmpty();
        site(",\"shadowSignatures\":\"" + Instant.now().minusSeconds(1) + "\"");
        assertThat(forged().send(port).statusCode()).isEqualTo(403);
    }

    @Test
    void manyRefusalsAreOneLineInTheLog(CapturedOutput output) {
        for (int number = 0; number < 20; number++) {
            forged().signature("AAAAAAAAAAAAAAAAAAAAAAAAAAA=").send(port);
        }
        assertThat(output.getAll().lines().filter(line -> line.contains("Webhooks refused")))
                .hasSizeLessThanOrEqualTo(1);
    }
}

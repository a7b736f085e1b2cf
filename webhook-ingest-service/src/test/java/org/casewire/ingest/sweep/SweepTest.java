package org.casewire.ingest.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestLog.Entry;
import org.casewire.events.testing.WithRealParts;
import org.casewire.ingest.testing.Published;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
@WithRealParts
class SweepTest {

    private static final String SITE = "river-aid";
    private static final String SERVICE = "MG00000000000000000000000000000009";
    private static final String NUMBER = "+14045387400";
    private static final String OTHER_NUMBER = "+14045387401";
    private static final String POOL_NUMBER = "+14045387402";
    private static final String OTHER_POOL_NUMBER = "+14045387403";
    private static final List<String> NUMBERS = List.of(NUMBER, OTHER_NUMBER, POOL_NUMBER, OTHER_POOL_NUMBER);
    private static final String BODY = "My heating is off again";
    private static final String[] OFTEN = {
        "casewire.ingest.sweep.topic=sweep-test-marks",
        "casewire.ingest.sweep.interval=PT0.3S",
        "casewire.ingest.sweep.page-size=2"
    };
    private static final AtomicInteger HANDSETS = new AtomicInteger(100);
    private static final int PORT = TwinPart.freePort();

    private static TwinPart twin;
    private static Instance instance;
    private static Published published;

    private final String handset = "+1617555" + HANDSETS.incrementAndGet() + "0";

    @BeforeAll
    static void start() {
        twin = new TwinPart("AC0123456789abcdef0123456789abc001")
                .with(
                        "http://127.0.0.1:" + PORT + "/twilio/" + SITE + "/messages",
                        NUMBERS,
                        SERVICE,
                        List.of(POOL_NUMBER, OTHER_POOL_NUMBER));
        instance = Instance.start(PORT, SITE, twin, publishedSite());
        published = new Published();
    }

    /** Made known before the service starts; its topic may not be there before. */
    private static String[] publishedSite() {
        SiteDocument site =
                JsonMapper.shared().readValue("""
                {"site":"%s","senders":[{"number":"%s"},{"number":"%s"},{"messagingServiceSid":"%s"}]}
                """.formatted(SITE, NUMBER, OTHER_NUMBER, SERVICE), SiteDocument.class);
        Thread.ofVirtual()
                .start(() -> await().atMost(Duration.ofSeconds(60))
                        .ignoreExceptions()
                        .until(() -> {
                            TestLog.write(new SiteChanged(site, Instant.parse("2026-01-01T00:00:00Z")));
                            return true;
                        }));
        return OFTEN;
    }

    @AfterAll
    static void stop() {
        instance.close();
    }

    @AfterEach
    void nothingPrivateWasLogged(CapturedOutput output) {
        twin.faults("{}");
        assertThat(output.getAll()).doesNotContain(BODY, handset, NUMBER, TwinPart.TOKEN);
    }

    private static List<JsonNode> received(String sid) {
        return published.about(sid).stream()
                .filter(entry -> entry.event().equals("MessageReceived"))
                .map(Entry::json)
                .toList();
    }

    private static JsonNode recovered(String sid) {
        await().atMost(Duration.ofSeconds(20)).until(() -> !received(sid).isEmpty());
        return received(sid).getFirst();
    }

    @Test
    void whatTheWebhookCouldNotDeliverIsPublishedOnceUnderItsOwnSid() {
        String delivered = twin.text(handset, NUMBER, BODY);
        twin.deliverNothing();
        Instant texted = Instant.now();
        String missed = twin.text(handset, NUMBER, BODY + "!");

        JsonNode text = recovered(missed);
        assertThat(text.path("recovered").asBoolean()).isTrue();
        assertThat(text.path("site").asString()).isEqualTo(SITE);
        assertThat(text.path("contact").asString()).isEqualTo(handset);
        assertThat(text.path("to").asString()).isEqualTo(NUMBER);
        assertThat(text.path("body").asString()).isEqualTo(BODY + "!");
        assertThat(text.path("answer").isNull()).isTrue();
        assertThat(Instant.parse(text.path("receivedAt").asString()))
                .isBetween(texted.minusSeconds(1), texted.plusSeconds(2));
        assertThat(text.path("attributes").path("AccountSid").asString()).isEqualTo(twin.account());
        instance.lookAgain();
        assertThat(received(missed)).hasSize(1);
        assertThat(received(delivered))
                .singleElement()
                .satisfies(one -> assertThat(one.path("recovered").asBoolean()).isFalse());
    }

    @Test
    void manyAreFoundPageAfterPageAndPublishedTheOldestFirst() {
        twin.deliverNothing();
        List<String> sids = new ArrayList<>();
        for (int text = 0; text < 7; text++) {
            sids.add(twin.text(handset, OTHER_NUMBER, BODY + text));
        }
        sids.forEach(SweepTest::recovered);
        instance.lookAgain();
        assertThat(published.all().stream()
                        .filter(entry -> entry.key().equals(SITE + "|" + handset))
                        .map(entry -> entry.headers().get("ce_subject")))
                .containsExactlyElementsOf(sids);
    }

    @Test
    void aMissedStopStopsAtTheTimeItWasSaid() {
        twin.deliverNothing();
        String sid = twin.text(handset, NUMBER, "Stop");
        JsonNode text = recovered(sid);
        assertThat(text.path("keyword").asString()).isEqualTo("STOP");
        await().until(() -> published.all().stream()
                .anyMatch(entry -> entry.event().equals("ConsentChanged")
                        && entry.json().path("state").asString().equals("OPTED_OUT")
                        && entry.json().path("at").equals(text.path("receivedAt"))
                        && entry.json().path("evidence").path("sid").asString().equals(sid)));
    }

    @Test
    void aMissedPictureComesWithItsFiles() {
        twin.deliverNothing();
        String sid = twin.text(
                handset,
                Map.of("to", NUMBER, "body", "", "mediaUrls", List.of(twin.url() + "/twin/samples/receipt.png")));
        JsonNode media = recovered(sid).path("media");
        assertThat(media).hasSize(1);
        assertThat(media.get(0).path("contentType").asString()).isEqualTo("image/png");
        assertThat(media.get(0).path("url").asString())
                .matches(twin.url() + "/2010-04-01/Accounts/" + twin.account() + "/Messages/" + sid + "/Media/ME\\w+");
    }

    @Test
    void theNumbersOfAMessagingServiceAreSweptToo() {
        twin.deliverNothing();
        String one = twin.text(handset, POOL_NUMBER, BODY);
        String other = twin.text(handset, OTHER_POOL_NUMBER, BODY);
        assertThat(recovered(one).path("attributes").path("MessagingServiceSid").asString())
                .isEqualTo(SERVICE);
        assertThat(recovered(other).path("to").asString()).isEqualTo(OTHER_POOL_NUMBER);
    }

    @Test
    void whenTwilioIsBusyOrAwayItIsAskedAgain() {
        twin.faults("""
                {"webhook":[{"fault":"DROP"}], "list":[{"fault":"STATUS","status":429,"code":20429,"times":3},
                 {"fault":"CLOSE","times":1},{"fault":"STATUS","status":503,"times":2}]}""");
        double busy = instance.count("casewire.sweep.requests", "outcome", "busy");
        double away = instance.count("casewire.sweep.requests", "outcome", "away");
        String sid = twin.text(handset, NUMBER, BODY);
        assertThat(recovered(sid).path("recovered").asBoolean()).isTrue();
        await().untilAsserted(() -> {
            assertThat(instance.count("casewire.sweep.requests", "outcome", "busy"))
                    .isEqualTo(busy + 3);
            // A connection that was only closed is tried again at once, below what is counted.
            assertThat(instance.count("casewire.sweep.requests", "outcome", "away"))
                    .isBetween(away + 2, away + 3);
        });
    }

    @Test
    void whatCameWhileTheServiceWasDownIsFetchedWhenItStarts() {
        instance.close();
        List<String> sids = new ArrayList<>();
        for (String number : NUMBERS) {
            sids.add(twin.text(handset, number, BODY));
        }
        instance = Instance.start(PORT, SITE, twin, OFTEN);
        sids.forEach(SweepTest::recovered);
        instance.lookAgain();
        assertThat(sids).allSatisfy(sid -> assertThat(received(sid)).hasSize(1));
    }

    @Test
    void ofTwoInstancesOneSweepsANumberAndTheOtherTakesOverWhenItEnds() {
        int port = TwinPart.freePort();
        twin.deliverNothing();
        List<String> sids = new ArrayList<>();
        try (Instance second = Instance.start(port, SITE, twin, OFTEN)) {
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(second.gauge("casewire.sweep.numbers")).isPositive();
                assertThat(second.gauge("casewire.sweep.numbers") + instance.gauge("casewire.sweep.numbers"))
                        .isEqualTo(3);
            });
            for (int text = 0; text < 12; text++) {
                sids.add(twin.text(handset, NUMBERS.get(text % NUMBERS.size()), BODY + UUID.randomUUID()));
            }
            sids.forEach(SweepTest::recovered);
            instance.lookAgain();
            second.lookAgain();
        }
        sids.add(twin.text(handset, NUMBER, BODY));
        sids.add(twin.text(handset, OTHER_NUMBER, BODY));
        sids.add(twin.text(handset, POOL_NUMBER, BODY));
        sids.forEach(SweepTest::recovered);
        instance.lookAgain();
        assertThat(sids).allSatisfy(sid -> assertThat(received(sid)).hasSize(1));
        assertThat(instance.gauge("casewire.sweep.lag.seconds")).isLessThan(10);
    }
}

package org.casewire.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.casewire.ingest.testing.IngestParts.SITE;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.site.Sites;
import org.casewire.ingest.testing.Call;
import org.casewire.ingest.testing.IngestTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** A broker that takes connections and never says a word, and a spool with no room. */
@IngestTest
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
class KafkaAwayTest {

    private static final ServerSocket MUTE = mute();
    private static final String FROM = "+14045550177";
    private static final String BODY = "is anybody there";

    private final int port;
    private final Sites sites;

    KafkaAwayTest(@LocalServerPort int port, Sites sites) {
        this.port = port;
        this.sites = sites;
    }

    private static ServerSocket mute() {
        try {
            return new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @DynamicPropertySource
    static void useIt(DynamicPropertyRegistry properties) {
        properties.add("spring.kafka.bootstrap-servers", () -> "127.0.0.1:" + MUTE.getLocalPort());
        properties.add("casewire.ingest.spool.max-size", () -> "64B");
    }

    @AfterAll
    static void close() throws IOException {
        MUTE.close();
    }

    private HttpResponse<String> text(String site) {
        return Call.to("/twilio/" + site + "/messages", "MessageSid", "SM1", "From", FROM, "Body", BODY)
                .send(port);
    }

    private static void isRefusedForNow(HttpResponse<String> answer, String code) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(JsonMapper.shared().readTree(answer.body()).get("code").asString())
                .isEqualTo(code);
    }

    @Test
    void aSiteIsNeverUnknownBeforeTheSitesAreKnown() {
        isRefusedForNow(text("anything"), "NOT_READY");
    }

    @Test
    void aTextThatCannotBeKeptIsNotTakenAndTwilioLearnsItInTime(CapturedOutput output) {
        sites.apply(new SiteChanged(
                JsonMapper.shared().readValue("{\"site\":\"" + SITE + "\"}", SiteDocument.class), Instant.EPOCH));
        long start = System.nanoTime();
        isRefusedForNow(text(SITE), "NOT_DURABLE");
        isRefusedForNow(text(SITE), "NOT_DURABLE");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(output.getAll()).containsOnlyOnce("The spool is full").doesNotContain(BODY, FROM, FROM.substring(1));
    }
}

package org.casewire.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.casewire.ingest.testing.IngestParts.SITE;

import org.casewire.events.site.Sites;
import org.casewire.ingest.testing.Call;
import org.casewire.ingest.testing.IngestParts;
import org.casewire.ingest.testing.IngestTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** The same service behind another address: plain http, a port, a path and a user. */
@IngestTest
@TestPropertySource(
        properties = {
            "casewire.public-base-url=http://twilio:secret@localhost:28080/texts/",
            "casewire.ingest.other-base-urls[0]=https://before.example.org",
            "casewire.ingest.trusted-proxies[0]=127.0.0.0/8",
            "casewire.ingest.trusted-proxies[1]=::1"
        })
class OtherAddressTest {

    private static final String PATH = "/twilio/" + SITE + "/messages";

    private final int port;
    private final Sites sites;

    OtherAddressTest(@LocalServerPort int port, Sites sites) {
        this.port = port;
        this.sites = sites;
    }

    @BeforeEach
    void theSitesAreKnown() {
        IngestParts.publishSites();
        await().until(() -> sites.find(SITE).isPresent());
    }

    private int statusWhenSignedFor(String url) {
        return Call.to(PATH, "MessageSid", "SM1", "From", "+14045550123")
                .signedFor(url)
                .send(port)
                .statusCode();
    }

    @Test
    void aSignatureForThisAddressIsGenuineWithAndWithoutThePort() {
        assertThat(statusWhenSignedFor("http://localhost:28080/texts" + PATH)).isEqualTo(200);
        assertThat(statusWhenSignedFor("http://localhost/texts" + PATH)).isEqualTo(200);
    }

    @Test
    void theAddressBeforeAMoveStillCounts() {
        assertThat(statusWhenSignedFor("https://before.example.org" + PATH)).isEqualTo(200);
        assertThat(statusWhenSignedFor("https://before.example.org:443" + PATH)).isEqualTo(200);
    }

    @Test
    void theAddressATrustedProxyWasCalledAtCounts() {
        Call call = Call.to(PATH, "MessageSid", "SM1", "From", "+14045550123")
                .signedFor("https://client.example.org/in" + PATH)
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "client.example.org")
                .header("X-Forwarded-Prefix", "/in");
        assertThat(call.send(port).statusCode()).isEqualTo(200);
        assertThat(call.header("X-Forwarded-Host", "under_score|").send(port).statusCode())
                .isEqualTo(403);
    }

    @Test
    void aSignatureForAnyOtherAddressIsNot() {
        assertThat(statusWhenSignedFor(IngestParts.PUBLIC_BASE_URL + PATH)).isEqualTo(403);
        assertThat(statusWhenSignedFor("http://localhost:" + port + PATH)).isEqualTo(403);
        assertThat(statusWhenSignedFor("http://localhost:28080" + PATH)).isEqualTo(403);
        assertThat(statusWhenSignedFor("https://localhost:28080/texts" + PATH)).isEqualTo(403);
    }
}

package org.casewire.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.casewire.ingest.testing.IngestParts.SITE;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.casewire.events.site.Sites;
import org.casewire.ingest.testing.Call;
import org.casewire.ingest.testing.IngestParts;
import org.casewire.ingest.testing.IngestTest;
import org.casewire.ingest.testing.Published;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Strangers who call all the time, with forms as large as they may be. */
@IngestTest
class FloodTest {

    private static final int STRANGERS = 24;
    private static final int GENUINE = 150;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final int port;
    private final Sites sites;
    private final MeterRegistry meters;

    FloodTest(@LocalServerPort int port, Sites sites, MeterRegistry meters) {
        this.port = port;
        this.sites = sites;
        this.meters = meters;
    }

    @BeforeEach
    void theSitesAreKnown() {
        IngestParts.publishSites();
        await().until(() -> sites.find(SITE).isPresent());
    }

    private static Call report(String sid) {
        return Call.to("/twilio/" + SITE + "/status", "MessageSid", sid, "MessageStatus", "sent", "To", "+14045550123");
    }

    @Test
    void aFloodOfForgeriesStarvesNobody() {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger forged = new AtomicInteger();
        Call forgery = report("SM0").with("Filler", "x".repeat(60_000)).signedWith("guess");
        List<Duration> waits = new ArrayList<>();
        List<String> sids = new ArrayList<>();
        double keptBefore = meters.counter("casewire.quarantine.kept").count();
        try (ExecutorService strangers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int stranger = 0; stranger < STRANGERS; stranger++) {
                strangers.submit(() -> {
                    while (!over.get()) {
                        assertThat(forgery.send(port).statusCode()).isEqualTo(403);
                        forged.incrementAndGet();
                    }
                });
            }
            await().until(() -> forged.get() > STRANGERS);
            for (int number = 0; number < GENUINE; number++) {
                long start = System.nanoTime();
                String sid = "SMf100d%027x".formatted(number);
                assertThat(report(sid).send(port).statusCode()).isEqualTo(204);
                sids.add(sid);
                waits.add(Duration.ofNanos(System.nanoTime() - start));
            }
            over.set(true);
        }
        assertThat(forged.get()).isGreaterThan(GENUINE);
        assertThat(waits).allSatisfy(wait -> assertThat(wait).isLessThan(PATIENCE));
        Published published = new Published();
        assertThat(sids).allSatisfy(sid -> assertThat(published.about(sid)).hasSize(1));
        assertThat(meters.counter("casewire.quarantine.kept").count() - keptBefore)
                .isLessThanOrEqualTo(120);
    }
}

package org.casewire.ingest.sweep;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.RealParts;
import org.casewire.events.testing.TestTokens;
import org.casewire.ingest.IngestApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** One instance of the service, started and stopped by a test. */
final class Instance implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private Instance(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** @param settings more of them, without the dashes */
    static Instance start(int port, String site, TwinPart twin, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "server.port=" + port,
                "management.server.port=0",
                "spring.kafka.bootstrap-servers=" + RealParts.kafka(),
                "casewire.topics.partitions=3",
                "casewire.oidc.issuer=" + TestTokens.issuer(),
                "casewire.public-base-url=http://127.0.0.1:" + port,
                "casewire.twilio-base-url=" + twin.url(),
                "casewire.twilio." + site + ".account-sid=" + twin.account(),
                "casewire.twilio." + site + ".auth-tokens[0]=a-token-that-was-taken-back",
                "casewire.twilio." + site + ".auth-tokens[1]=" + TwinPart.TOKEN,
                "casewire.ingest.spool.directory=" + folder(),
                "casewire.ingest.sweep.settle=PT0S",
                "casewire.ingest.sweep.back-off=PT0.1S",
                "casewire.ingest.sweep.requests-per-minute=100000",
                "logging.structured.format.console=",
                "logging.level.org.casewire=debug"));
        all.addAll(List.of(settings));
        Instance instance = new Instance(new SpringApplicationBuilder(IngestApplication.class)
                .run(all.stream().map(setting -> "--" + setting).toArray(String[]::new)));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> instance.context.getBean(Sites.class).find(site).isPresent());
        return instance;
    }

    private static String folder() {
        try {
            return Files.createTempDirectory(Path.of("target"), "spool").toString();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    MeterRegistry meters() {
        return context.getBean(MeterRegistry.class);
    }

    double count(String counter, String tag, String value) {
        Counter found = meters().find(counter).tag(tag, value).counter();
        return found == null ? 0 : found.count();
    }

    double gauge(String name) {
        return meters().get(name).gauge().value();
    }

    /** Waits until every number was looked at once more, from its beginning. */
    void lookAgain() {
        double now = count("casewire.sweep.runs", "outcome", "done");
        double numbers = gauge("casewire.sweep.numbers");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> count("casewire.sweep.runs", "outcome", "done") >= now + 2 * numbers);
    }

    @Override
    public void close() {
        context.close();
    }
}

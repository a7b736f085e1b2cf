package org.casewire.ingest.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.testing.RealParts;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestTokens;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** The broker and issuer the service under test is told of, and the sites it finds. */
public final class IngestParts implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    public static final String PUBLIC_BASE_URL = "https://texts.example.org";

    /** Two live tokens. */
    public static final String SITE = "harbor-aid";

    public static final String TOKEN = "8f0c2f7e6d5b4a39281706f5e4d3c2b1";
    public static final String NEXT_TOKEN = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";

    /** Another site with an account of its own. */
    public static final String OTHER_SITE = "hill-storage";

    public static final String OTHER_TOKEN = "ffffeeeeddddccccbbbbaaaa99998888";

    /** A site the operator gave no credentials for. */
    public static final String BARE_SITE = "bare";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of(
                        "test.kafka=" + RealParts.kafka(),
                        "test.issuer=" + TestTokens.issuer(),
                        "test.spool=" + newFolder())
                .applyTo(context);
    }

    /** An empty folder below the module's own, so that it goes when the module is cleaned. */
    public static Path newFolder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "spools")), "spool");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Makes the sites known, as the outbound service does. */
    public static void publishSites() {
        for (String site : List.of(SITE, OTHER_SITE, BARE_SITE)) {
            SiteDocument document = JsonMapper.shared().readValue("{\"site\":\"" + site + "\"}", SiteDocument.class);
            TestLog.write(new SiteChanged(document, Instant.parse("2026-01-01T00:00:00Z")));
        }
    }
}

package org.casewire.routing.document;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.casewire.events.InboundEvent.Keyword;
import org.casewire.events.InboundEvent.Media;
import org.casewire.events.InboundEvent.MessageReceived;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.Topics;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestLog.Entry;
import org.casewire.events.transport.WireJson;
import org.casewire.routing.Upstream;
import org.casewire.routing.document.ReceivedFile.State;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Routing beside a Twilio that does what a test wants, with little patience. */
@ServiceTest
abstract class FilesOfASite {

    static final TwilioStub TWILIO = new TwilioStub();
    static final Path FOLDER = folder();
    static final String SITE = "files";
    static final String SMALL = "small-files";
    static final String WITHOUT_ACCOUNT = "no-account";
    static final int MOST_BYTES = 1_000_000;

    final String contact = "+1404538" + (5000 + (int) (Math.random() * 4999));

    @Autowired
    Sites sites;

    @Autowired
    Documents documents;

    @Autowired
    JdbcClient jdbc;

    private static Path folder() {
        try {
            return Files.createTempDirectory(Path.of("target"), "documents");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry settings) {
        settings.add("casewire.twilio-base-url", TWILIO::url);
        for (String site : List.of(SITE, SMALL)) {
            settings.add("casewire.twilio." + site + ".account-sid", () -> TwilioStub.ACCOUNT);
            settings.add("casewire.twilio." + site + ".auth-tokens[0]", () -> TwilioStub.TOKEN);
        }
        settings.add("casewire.twilio." + SITE + ".auth-tokens[1]", () -> TwilioStub.NEXT_TOKEN);
        settings.add("casewire.documents.folder", FOLDER::toString);
        settings.add("casewire.documents.parallel", () -> "4");
        settings.add("casewire.documents.timeout", () -> "1500ms");
        settings.add("casewire.documents.read-timeout", () -> "1s");
        settings.add("casewire.documents.lease", () -> "3s");
        settings.add("casewire.documents.look-again", () -> "100ms");
        settings.add("casewire.documents.first-back-off", () -> "50ms");
        settings.add("casewire.documents.longest-back-off", () -> "200ms");
        settings.add("casewire.documents.not-found-for", () -> "1s");
        settings.add("casewire.documents.give-up-after", () -> "3s");
    }

    @BeforeEach
    void sitesAreKnown() {
        site(SITE, "{\"maxBytes\":" + MOST_BYTES + "}");
        site(SMALL, "{\"maxBytes\":100,\"types\":[\"image/png\",\"image/svg+xml\",\"text/plain\"]}");
        site(WITHOUT_ACCOUNT, "null");
    }

    private void site(String name, String documentSettings) {
        if (sites.find(name).isEmpty()) {
            SiteDocument document = WireJson.MAPPER.readValue(
                    "{\"site\":\"%s\",\"documents\":%s}".formatted(name, documentSettings), SiteDocument.class);
            TestLog.write(new SiteChanged(document, Instant.now()));
            await().until(() -> sites.find(name).isPresent());
        }
    }

    /** A text with these files comes in; returns its SID. */
    final String receives(String site, Map<String, String> attributes, String... urls) {
        String sid = "MM" + UUID.randomUUID().toString().replace("-", "");
        List<Media> media =
                Arrays.stream(urls).map(url -> new Media(url, "image/jpeg")).toList();
        TestLog.write(new MessageReceived(
                sid,
                site,
                contact,
                Upstream.OFFICE,
                "",
                media,
                1,
                Keyword.NONE,
                Instant.now(),
                false,
                null,
                attributes));
        return sid;
    }

    final String receives(String... urls) {
        return receives(SITE, Map.of(), urls);
    }

    final List<ReceivedFile> files(String site, String sid) {
        return documents.states(site, List.of(sid)).getOrDefault(sid, List.of());
    }

    final ReceivedFile file(String sid) {
        return files(SITE, sid).getFirst();
    }

    /** Waits until a text's only file is what it will be. */
    final ReceivedFile settled(String site, String sid) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> files(site, sid),
                        files -> !files.isEmpty() && files.stream().noneMatch(file -> file.state() == State.PENDING))
                .getFirst();
    }

    final ReceivedFile settled(String sid) {
        return settled(SITE, sid);
    }

    static List<Entry> stored(String sid, int atLeast) {
        return TestLog.await(Topics.REPLIES, atLeast, entry -> isStored(entry, sid));
    }

    static List<Entry> storedSoFar(String sid) {
        return TestLog.all(Topics.REPLIES, entry -> isStored(entry, sid));
    }

    private static boolean isStored(Entry entry, String sid) {
        return entry.event().equals("DocumentStored")
                && sid.equals(entry.headers().get("ce_subject"));
    }

    /** Where the content of a text's only file is kept. */
    final Path kept(String sid) {
        String key = jdbc.sql("SELECT object_key FROM document WHERE sid = ?")
                .param(sid)
                .query(String.class)
                .single();
        return path(key);
    }

    static Path path(String key) {
        return FOLDER.resolve(key.substring(0, 2)).resolve(key.substring(2, 4)).resolve(key);
    }
}

package org.casewire.ingest.durable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.ListenerStart.BeforeListening;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The sites as they last were, kept beside the spool: an instance that starts while Kafka is away knows them. */
@Component
@Order(RememberedSites.ORDER)
class RememberedSites implements BeforeListening, DisposableBean {

    /** Once the sites were read. */
    static final int ORDER = 150;

    private static final Logger log = LoggerFactory.getLogger(RememberedSites.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Path file;
    private final Sites sites;
    private final JsonMapper json;
    private final boolean remembered;
    private List<SiteDocument> written = List.of();
    private volatile boolean started;
    private volatile boolean stopped;

    RememberedSites(SpoolProperties properties, Sites sites, JsonMapper json) {
        this.file = properties.directory().resolve("sites.json");
        this.sites = sites;
        this.json = json;
        List<SiteDocument> found = read();
        // What Kafka tells is newer, whatever it is.
        found.forEach(site -> sites.apply(new SiteChanged(site, Instant.EPOCH)));
        this.remembered = !found.isEmpty();
    }

    private List<SiteDocument> read() {
        try {
            return json.readValue(Files.readString(file), new TypeReference<List<SiteDocument>>() {});
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException | JacksonException unreadable) {
            log.atWarn()
                    .addKeyValue("failure", unreadable.getClass().getSimpleName())
                    .log("The sites remembered beside the spool cannot be read; waiting for Kafka to tell them");
            return List.of();
        }
    }

    /** Whether an earlier run left any. */
    boolean any() {
        return remembered;
    }

    @Override
    public String description() {
        return "the sites to be remembered";
    }

    @Override
    public void prepare() {
        if (!started) {
            started = true;
            Thread.ofVirtual().name("remembered-sites").start(this::follow);
        }
    }

    private void follow() {
        boolean failing = false;
        while (!stopped) {
            try {
                writeIfChanged();
                failing = false;
            } catch (IOException | JacksonException failure) {
                (failing ? log.atDebug() : log.atWarn())
                        .addKeyValue("failure", failure.getClass().getSimpleName())
                        .log("The sites cannot be remembered beside the spool; trying again");
                failing = true;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private void writeIfChanged() throws IOException {
        List<SiteDocument> now = sites.all().stream()
                .sorted(Comparator.comparing(SiteDocument::site))
                .toList();
        if (!now.equals(written)) {
            write(json.writeValueAsBytes(now));
            written = now;
        }
    }

    /** Whole or not at all. */
    private void write(byte[] document) throws IOException {
        Path unfinished = file.resolveSibling("sites-" + ProcessHandle.current().pid() + ".unfinished");
        Files.deleteIfExists(unfinished);
        Files.write(Files.createFile(unfinished, SpoolFolder.OWNERS_FILE), document);
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void destroy() {
        stopped = true;
    }
}

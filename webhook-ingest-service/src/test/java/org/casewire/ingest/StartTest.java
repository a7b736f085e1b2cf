package org.casewire.ingest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.casewire.events.testing.WithRealParts;
import org.casewire.ingest.testing.IngestParts;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;

@WithRealParts
class StartTest {

    private static void start(Path spool, String... settings) {
        String[] all = new String[settings.length + 3];
        System.arraycopy(settings, 0, all, 3, settings.length);
        all[0] = "--server.port=0";
        all[1] = "--management.server.port=0";
        all[2] = "--casewire.ingest.spool.directory=" + spool;
        SpringApplication.run(IngestApplication.class, all);
    }

    @Test
    void withoutItsPublicAddressTheServiceDoesNotStartAndSaysWhatToSet() {
        assertThatThrownBy(() -> start(IngestParts.newFolder()))
                .hasStackTraceContaining("casewire.public-base-url is missing");
    }

    @Test
    void withoutAPlaceForItsSpoolTheServiceDoesNotStartAndSaysWhatToSet() throws Exception {
        Path file = Files.createFile(IngestParts.newFolder().resolve("a file"));
        assertThatThrownBy(() -> start(file.resolve("spool"), "--casewire.public-base-url=https://texts.example.org"))
                .hasStackTraceContaining("name it in casewire.ingest.spool.directory");
    }
}

package org.casewire.local.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {

    @TempDir
    Path root;

    private final AtomicInteger filled = new AtomicInteger();

    @Test
    void aVersionIsFilledOnce() throws Exception {
        Cache cache = new Cache(root);

        Path first = cache.folder("outbound", "a1", this::fill);
        Path second = cache.folder("outbound", "a1", this::fill);

        assertThat(second).isEqualTo(first);
        assertThat(second.resolve("content")).hasContent("1");
    }

    @Test
    void whatFailsHalfWayIsFilledAnew() throws Exception {
        Cache cache = new Cache(root);
        assertThatThrownBy(() -> cache.folder("outbound", "a1", folder -> {
                    Files.writeString(folder.resolve("content"), "half");
                    throw new IOException("no room");
                }))
                .hasMessage("no room");

        assertThat(cache.folder("outbound", "a1", this::fill).resolve("content"))
                .hasContent("1");
    }

    @Test
    void theVersionBeforeStaysAndOlderOnesGo() throws Exception {
        Cache cache = new Cache(root);
        Path oldest = made(cache.folder("outbound", "a1", this::fill), 1);
        Path before = made(cache.folder("outbound", "b2", this::fill), 2);
        Path other = made(cache.folder("outbound-tools", "a1", this::fill), 1);

        Path newest = cache.folder("outbound", "c3", this::fill);

        assertThat(oldest).doesNotExist();
        assertThat(before).exists();
        assertThat(newest).exists();
        assertThat(other).exists();
    }

    private static Path made(Path folder, long second) throws IOException {
        return Files.setLastModifiedTime(folder, FileTime.fromMillis(second * 1000));
    }

    private void fill(Path folder) throws IOException {
        Files.writeString(folder.resolve("content"), Integer.toString(filled.incrementAndGet()));
    }
}

package org.casewire.ingest.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class SealTest {

    private static final byte[] TEXT = "From=%2B14045550123&Body=come+on+Tuesday".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private Seal with(@Nullable String key) {
        return new Seal(new QuarantineProperties(
                key, folder.resolve("new/key"), 60, 1000, DataSize.ofMegabytes(1), Duration.ofDays(7)));
    }

    @Test
    void whatIsSealedIsReadOnlyWithTheKeyAndInItsPlace() {
        Seal seal = with("k".repeat(32));
        byte[] sealed = seal.seal(TEXT, "demo|1");
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("Tuesday", "4045550123");
        assertThat(seal.open(sealed, "demo|1")).contains(TEXT);
        assertThat(seal.open(sealed, "demo|2")).isEmpty();
        assertThat(with("l".repeat(32)).open(sealed, "demo|1")).isEmpty();
        sealed[20] ^= 1;
        assertThat(seal.open(sealed, "demo|1")).isEmpty();
        assertThat(seal.open(new byte[3], "demo|1")).isEmpty();
    }

    @Test
    void theSameTextIsNeverSealedTheSameWay() {
        Seal seal = with("k".repeat(32));
        assertThat(seal.seal(TEXT, "demo|1")).isNotEqualTo(seal.seal(TEXT, "demo|1"));
    }

    @Test
    void aKeyNobodyGaveIsMadeOnceForThisUserAlone() throws IOException {
        byte[] sealed = with(null).seal(TEXT, "demo|1");
        assertThat(with(null).open(sealed, "demo|1")).contains(TEXT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("new/key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aKeyThatCannotBeKeptStillSeals() throws IOException {
        Files.writeString(folder.resolve("new"), "a file where the folder should be");
        Seal seal = with(null);
        assertThat(seal.open(seal.seal(TEXT, "demo|1"), "demo|1")).contains(TEXT);
    }

    @Test
    void aKeyThatIsTooShortIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with("short"))
                .withMessageContaining("casewire.ingest.quarantine.key");
    }
}

package org.casewire.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaleLockTest {

    @TempDir
    Path data;

    @Test
    void aLockWhoseProcessIsGoneIsCleared() throws IOException {
        Path lock = Files.writeString(data.resolve("postmaster.pid"), "4194304\n/data\n");

        StaleLock.remove(data);

        assertThat(lock).doesNotExist();
    }

    @Test
    void aLockWhoseProcessIdBelongsToSomebodyElseNowIsCleared() throws IOException {
        Path lock = Files.writeString(
                data.resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n/data\n");

        StaleLock.remove(data);

        assertThat(lock).doesNotExist();
    }

    @Test
    void aFolderWithoutALockIsFine() throws IOException {
        StaleLock.remove(data);

        assertThat(data).isEmptyDirectory();
    }
}

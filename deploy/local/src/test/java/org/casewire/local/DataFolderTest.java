package org.casewire.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path parent;

    @Test
    void aFolderIsUsedByOneStackAtATime() throws IOException {
        DataFolder first = DataFolder.kept(parent.resolve("data"));
        DataFolder second = DataFolder.kept(parent.resolve("data"));
        first.take();

        assertThatThrownBy(second::take)
                .isInstanceOf(Options.Refused.class)
                .hasMessageContaining("Another stack is running on " + parent.resolve("data"));

        first.release();
        second.take();
        second.release();
    }

    @Test
    void whatIsKeptOutlivesTheStack() throws IOException {
        DataFolder data = DataFolder.kept(parent.resolve("data"));
        data.take();
        Path file = Files.writeString(data.root().resolve("file"), "kept");
        data.clear();
        data.release();

        assertThat(file).hasContent("kept");
    }

    @Test
    void whatIsThrownAwayIsGoneAfterTheStackAndWhatAKilledOneLeftBeforeIt() throws IOException {
        Path left = Files.createDirectories(parent.resolve("data/postgres")).resolve("left");
        Files.createFile(left);
        DataFolder data = DataFolder.thrownAway(parent.resolve("data"));
        data.take();
        data.clear();

        assertThat(left).doesNotExist();

        data.release();
        assertThat(data.root()).doesNotExist();
    }

    @Test
    void theLogsOfAStartThatFailedCanBeRead() throws IOException {
        DataFolder data = DataFolder.thrownAway(parent.resolve("data"));
        data.take();
        Path log = Files.writeString(Files.createDirectories(data.logs()).resolve("kafka.log"), "why");
        data.keepForInspection();
        data.release();

        assertThat(log).hasContent("why");
    }

    @Test
    void onlyTheOwnerMayLookInside() throws IOException {
        DataFolder data = DataFolder.kept(parent.resolve("data"));
        data.take();
        DataFolder.writePrivately(data.root().resolve("config/file"), "secret");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.root())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(data.root().resolve("config/file"))))
                .isEqualTo("rw-------");
        data.release();
    }
}

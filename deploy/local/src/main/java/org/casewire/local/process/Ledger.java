package org.casewire.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Remembers on disk which processes were started, so that a run that was killed leaves nothing unknown behind.
 *
 * <p>A process id alone says little, as the system gives it out again: a process is known by its id, the moment it
 * began and the data folder in its command line.
 */
final class Ledger {

    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

    private final Path file;
    private final String dataFolder;

    Ledger(Path dataFolder) {
        this.file = dataFolder.resolve("processes");
        this.dataFolder = dataFolder.toString();
    }

    void add(Tracked tracked) {
        String line = "%s\t%d\t%d\t%s%n"
                .formatted(
                        tracked.name(),
                        tracked.handle().pid(),
                        beginning(tracked.handle()).toEpochMilli(),
                        tracked.stopSignal());
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot note a process in " + file, e);
        }
    }

    void clear() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + file, e);
        }
    }

    /** The processes in the ledger that are still there. */
    List<Tracked> stillRunning() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return Files.readAllLines(file).stream()
                    .map(this::stillRunning)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    private Optional<Tracked> stillRunning(String line) {
        String[] fields = line.split("\t");
        if (fields.length != 4) {
            return Optional.empty(); // the line that was being written when the run was killed
        }
        Instant began = Instant.ofEpochMilli(Long.parseLong(fields[2]));
        return ProcessHandle.of(Long.parseLong(fields[1]))
                .filter(handle -> began(handle, began) && commandLine(handle).contains(dataFolder))
                .map(handle -> new Tracked(fields[0], handle, StopSignal.valueOf(fields[3])));
    }

    private static boolean began(ProcessHandle handle, Instant expected) {
        return Duration.between(expected, beginning(handle)).abs().compareTo(CLOCK_TOLERANCE) < 0;
    }

    private static Instant beginning(ProcessHandle handle) {
        return handle.info().startInstant().orElse(Instant.EPOCH);
    }

    private static String commandLine(ProcessHandle handle) {
        Path linux = Path.of("/proc", Long.toString(handle.pid()), "cmdline");
        try {
            return Files.isReadable(linux)
                    ? Files.readString(linux, java.nio.charset.StandardCharsets.ISO_8859_1)
                    : handle.info().commandLine().orElse("");
        } catch (IOException gone) {
            return "";
        }
    }
}

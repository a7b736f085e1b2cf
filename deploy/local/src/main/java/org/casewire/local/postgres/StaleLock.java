package org.casewire.local.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a killed server leaves in its folder.
 *
 * <p>PostgreSQL clears it away by itself unless the system has given the process id to somebody else meanwhile; then it
 * would refuse to start for ever.
 */
final class StaleLock {

    static final String FILE = "postmaster.pid";

    private StaleLock() {}

    /** Deletes the file when no server stands behind it, and fails when one does. */
    static void remove(Path data) throws IOException {
        Path file = data.resolve(FILE);
        if (!Files.exists(file)) {
            return;
        }
        List<String> lines = Files.readAllLines(file);
        if (!lines.isEmpty() && isPostgres(lines.getFirst().strip())) {
            throw new IllegalStateException("A PostgreSQL server (process " + lines.getFirst() + ") already uses "
                    + data + ". Stop it, or use another folder with --data.");
        }
        Files.delete(file);
    }

    private static boolean isPostgres(String pid) {
        return pid.matches("[1-9]\\d{0,9}")
                && ProcessHandle.of(Long.parseLong(pid))
                        .flatMap(process -> process.info().command())
                        .filter(command -> Path.of(command).endsWith("postgres"))
                        .isPresent();
    }
}

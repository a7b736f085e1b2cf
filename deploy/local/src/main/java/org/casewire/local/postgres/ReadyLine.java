package org.casewire.local.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.casewire.local.process.Readiness;

/**
 * The server writes its state in the eighth line of {@code postmaster.pid}; to read it costs nothing and leaves no
 * refused connections in the server's log.
 */
record ReadyLine(Path data) implements Readiness {

    private static final int STATE = 7;

    @Override
    public boolean isReady() throws IOException {
        try {
            List<String> lines = Files.readAllLines(data.resolve(StaleLock.FILE));
            return lines.size() > STATE && lines.get(STATE).strip().equals("ready");
        } catch (NoSuchFileException notYet) {
            return false;
        }
    }
}

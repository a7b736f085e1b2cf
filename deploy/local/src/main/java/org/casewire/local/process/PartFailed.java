package org.casewire.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A part did not start; the message says why and shows the end of its log. */
public final class PartFailed extends RuntimeException {

    private static final int LINES_SHOWN = 25;

    public PartFailed(String message) {
        super(message);
    }

    PartFailed(String what, Path log) {
        super(what + "\n  The end of " + log + ":\n" + lastLines(log));
    }

    private static String lastLines(Path log) {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()).stream()
                    .map(line -> "  | " + line)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + log, e);
        }
    }
}

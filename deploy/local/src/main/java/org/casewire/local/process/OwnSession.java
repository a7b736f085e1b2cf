package org.casewire.local.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts a process in a session of its own, so that Ctrl-C in the terminal reaches the runner alone and the runner can
 * stop the parts in the right order.
 */
final class OwnSession {

    private static final boolean SETSID_IS_THERE = Arrays.stream(
                    System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "setsid")));

    private OwnSession() {}

    static List<String> of(List<String> command) {
        return SETSID_IS_THERE
                ? Stream.concat(Stream.of("setsid"), command.stream()).toList()
                : command;
    }
}

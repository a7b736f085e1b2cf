package org.casewire.local.process;

import java.nio.file.Path;
import java.util.List;

/**
 * One process of the stack, before it is started.
 *
 * @param name the name of its log file and of its entry among the running processes
 * @param label what people call it
 * @param command the program and its arguments; one of them names the data folder, by which it is known again
 * @param log where its standard output and error go
 * @param stopSignal how it is asked to stop
 * @param readiness when it may be used
 */
public record Part(
        String name, String label, List<String> command, Path log, StopSignal stopSignal, Readiness readiness) {

    public Part {
        command = List.copyOf(command);
    }
}

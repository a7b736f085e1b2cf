package org.casewire.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The last that a log has to say, for a person to read.
 *
 * @param log a file of plain lines, or of the JSON that the services write
 */
record LogEnd(Path log) {

    private static final int LINES_SHOWN = 25;

    String text() {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .flatMap(LogEnd::readable)
                    .toList();
            return lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()).stream()
                    .map(line -> "  | " + line)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            return "  (it cannot be read: " + e.getMessage() + ")";
        }
    }

    private static Stream<String> readable(String line) {
        if (!line.startsWith("{")) {
            return Stream.of(line);
        }
        try {
            JsonNode entry = JsonMapper.shared().readTree(line);
            String level = entry.at("/log/level").asString("");
            return (level + " " + entry.path("message").asString(line)).strip().lines();
        } catch (JacksonException notJson) {
            return Stream.of(line);
        }
    }
}

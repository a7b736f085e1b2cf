package org.casewire.twin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the twin keeps its files: a given folder, or one that goes away with it. */
record DataFolder(Path path, boolean passing) {

    static DataFolder of(@Nullable Path given) throws IOException {
        return given == null
                ? new DataFolder(Files.createTempDirectory("twilio-twin"), true)
                : new DataFolder(Files.createDirectories(given), false);
    }

    Path journal() {
        return path.resolve("twin.jsonl");
    }

    Path media() {
        return path.resolve("media");
    }

    void leave() throws IOException {
        if (!passing) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            deepestFirst.forEach(DataFolder::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

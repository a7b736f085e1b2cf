package org.casewire.bench.stand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where things lie.
 *
 * @param root the folder of the repository
 * @param bench the benchmark's own folder below deploy/bench
 */
public record Place(Path root, String bench) {

    /** By the system property casewire.root. */
    public static Place of(String bench) {
        Path root = Path.of(Objects.requireNonNull(System.getProperty("casewire.root"), "casewire.root"));
        return new Place(root.toAbsolutePath().normalize(), bench);
    }

    /** What the runs leave. */
    public Path runs() {
        return root.resolve("deploy/bench").resolve(bench).resolve("target/runs");
    }

    /** Starts the local stack. */
    public Path stackScript() {
        return root.resolve("deploy/local/run");
    }

    /** Beside the one the stack has, for benchmarks that want one of their own. */
    public Path twinJar() {
        return root.resolve("deploy/twilio-twin/target/twilio-twin-0.1.0-SNAPSHOT.jar");
    }

    /** Makes a folder empty. */
    public static void empty(Path folder) throws IOException {
        delete(folder);
        Files.createDirectories(folder);
    }

    /** Deletes a folder, if there is one, with all that is in it. */
    public static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            List<Path> all;
            try (Stream<Path> tree = Files.walk(folder)) {
                all = tree.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : all) {
                Files.delete(path);
            }
        }
    }
}

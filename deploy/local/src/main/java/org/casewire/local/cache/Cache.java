package org.casewire.local.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.io.file.PathUtils;

/**
 * Folders that are filled once per version; nobody ever sees half of one, not even two runs that start at once.
 *
 * @param root where they lie
 */
public record Cache(Path root) {

    /** Versions of one thing that are kept: a stack that still runs may use the one before. */
    private static final int KEPT = 2;

    /** Fills an empty folder. */
    @FunctionalInterface
    public interface Filler {
        void fill(Path folder) throws IOException, InterruptedException;
    }

    /** Returns the folder of that version, filled now if it is not there. */
    public Path folder(String name, String version, Filler filler) throws IOException, InterruptedException {
        Path folder = root.resolve(name + "-" + version);
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(root);
            Path unfinished = Files.createTempDirectory(root, "unfinished-");
            filler.fill(unfinished);
            publish(unfinished, folder);
            deleteOldOnes(name);
        }
        return folder;
    }

    private static void publish(Path unfinished, Path folder) throws IOException {
        try {
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            PathUtils.deleteDirectory(unfinished);
            if (!Files.isDirectory(folder)) { // otherwise another run was faster
                throw e;
            }
        }
    }

    private void deleteOldOnes(String name) throws IOException {
        try (var folders = Files.list(root)) {
            List<Path> newestFirst = folders.filter(
                            folder -> folder.getFileName().toString().matches(name + "-\\p{XDigit}+"))
                    .sorted(Comparator.<Path>comparingLong(
                                    folder -> folder.toFile().lastModified())
                            .reversed())
                    .toList();
            for (Path folder : newestFirst.subList(Math.min(KEPT, newestFirst.size()), newestFirst.size())) {
                PathUtils.deleteDirectory(folder);
            }
        }
    }
}

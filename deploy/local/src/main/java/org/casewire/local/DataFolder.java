package org.casewire.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.apache.commons.io.file.PathUtils;
import org.jspecify.annotations.Nullable;

/** Where one stack keeps what it stores, used by one runner at a time. */
final class DataFolder {

    private final Path root;
    private final boolean throwaway;
    private @Nullable FileLock lock;
    private volatile boolean inspected;

    private DataFolder(Path root, boolean throwaway) {
        this.root = root;
        this.throwaway = throwaway;
    }

    static DataFolder kept(Path root) {
        return new DataFolder(root, false);
    }

    static DataFolder thrownAway(Path root) {
        return new DataFolder(root, true);
    }

    Path root() {
        return root;
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path log(String name) {
        return logs().resolve(name + ".log");
    }

    /** Takes the folder for this process; fails when another runner has it. */
    void take() throws IOException {
        if (!Files.isDirectory(root)) {
            Files.createDirectories(
                    root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        FileChannel channel =
                FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException inThisProcess) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new Options.Refused("Another stack is running on " + root
                    + ". Stop it first, or use another folder (--data) and other ports (--base-port).");
        }
    }

    /** Empties a folder that is not to be kept of what a killed run left in it. */
    void clear() throws IOException {
        if (throwaway) {
            try (var entries = Files.list(root)) {
                for (Path entry :
                        entries.filter(entry -> !entry.endsWith("lock")).toList()) {
                    PathUtils.delete(entry);
                }
            }
        }
    }

    /** Leaves the folder where it is, so that the logs of a start that failed can be read. */
    void keepForInspection() {
        inspected = true;
    }

    /** Gives the folder back, and deletes it unless it is to be kept. */
    void release() throws IOException {
        if (throwaway && !inspected) {
            PathUtils.deleteDirectory(root);
        }
        Objects.requireNonNull(lock, "take() comes first").acquiredBy().close();
    }

    /** Writes a file that only its owner may read, whole or not at all. */
    static void writePrivately(Path file, String content) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
        Files.createDirectories(folder);
        Path unfinished = Files.createTempFile(
                folder,
                "." + file.getFileName(),
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(unfinished, content);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}

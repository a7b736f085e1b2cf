package org.casewire.ingest.durable;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The numbered folder that this instance has to itself below the spool directory. What an instance that is gone left in
 * another one is taken over at start.
 */
final class SpoolFolder implements Closeable {

    /** Texts lie in them. */
    static final FileAttribute<Set<PosixFilePermission>> OWNERS_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final String SEGMENT = "\\d{16}\\.segment";
    private static final int MOST_INSTANCES = 1_000;

    private final Path folder;
    private final FileChannel lock;

    private SpoolFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Takes the first folder that no running instance has.
     *
     * @throws SpoolUnusable when nothing can be written there
     */
    static SpoolFolder take(Path directory) {
        try {
            Files.createDirectories(directory.toAbsolutePath(), OWNERS_FOLDER);
            for (int number = 0; number < MOST_INSTANCES; number++) {
                SpoolFolder folder = taken(directory.resolve(Integer.toString(number)));
                if (folder != null) {
                    folder.requireWritable();
                    return folder;
                }
            }
            throw new IOException("all of its folders are in use");
        } catch (IOException failure) {
            throw new SpoolUnusable(directory, failure);
        }
    }

    private static @Nullable SpoolFolder taken(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, OWNERS_FOLDER);
        } catch (FileAlreadyExistsException fromBefore) {
            // Whose it is, the lock says.
        }
        FileChannel lock = FileChannel.open(
                folder.resolve("lock"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWNERS_FILE);
        try {
            if (lock.tryLock() != null) {
                return new SpoolFolder(folder, lock);
            }
        } catch (OverlappingFileLockException inThisProcess) {
            // As taken as by another process.
        }
        lock.close();
        return null;
    }

    private void requireWritable() throws IOException {
        Path probe = folder.resolve("probe");
        Files.deleteIfExists(probe);
        Files.delete(Files.createFile(probe, OWNERS_FILE));
    }

    /**
     * Renames the segments of folders that nobody has any more, to come after all that is here.
     *
     * @param usedId nothing here may have this number or a lower one
     */
    void takeOver(long usedId) throws IOException {
        List<Path> others;
        try (Stream<Path> found = Files.list(folder.resolveSibling("."))) {
            others = found.filter(other -> other.getFileName().toString().matches("\\d+"))
                    .filter(other -> !other.getFileName().equals(folder.getFileName()))
                    .sorted()
                    .toList();
        }
        for (Path other : others) {
            try (SpoolFolder left = taken(other)) {
                if (left != null) {
                    takeOver(left, usedId);
                }
            }
        }
    }

    private void takeOver(SpoolFolder left, long usedId) throws IOException {
        long next = 1 + Math.max(lastId(), usedId);
        for (Segment segment : left.segments()) {
            Files.move(segment.file, file(next++), StandardCopyOption.ATOMIC_MOVE);
        }
        sync();
    }

    private long lastId() throws IOException {
        List<Segment> segments = segments();
        return segments.isEmpty() ? 0 : segments.getLast().id;
    }

    /** What earlier processes wrote, oldest first. */
    List<Segment> segments() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(file -> file.getFileName().toString().matches(SEGMENT))
                    .sorted()
                    .toList();
        }
        List<Segment> segments = new ArrayList<>(files.size());
        for (Path file : files) {
            String name = file.getFileName().toString();
            segments.add(Segment.found(Long.parseLong(name.substring(0, name.indexOf('.'))), file));
        }
        return segments;
    }

    /** A new segment whose name is on the disk as well. */
    Segment newSegment(long id) throws IOException {
        Segment segment = Segment.create(id, file(id));
        sync();
        return segment;
    }

    private Path file(long id) {
        return folder.resolve("%016d.segment".formatted(id));
    }

    private void sync() throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    /** How far the segments are replayed. */
    Progress progress() throws IOException {
        return new Progress(folder.resolve("replayed"));
    }

    /** Keeps a record that Kafka will never take. */
    void setAside(ByteBuffer frame) throws IOException {
        try (FileChannel file = FileChannel.open(
                folder.resolve("refused.segment"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                OWNERS_FILE)) {
            while (frame.hasRemaining()) {
                file.write(frame);
            }
            file.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}

package org.casewire.routing.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/** Keeps files in a folder, below two levels of others so that none of them grows large. */
final class FolderStore implements ObjectStore {

    private final Path folder;

    FolderStore(Path folder) {
        this.folder = folder;
    }

    private Path folder(String key) {
        if (!key.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("A key has 64 hexadecimal digits");
        }
        return folder.resolve(key.substring(0, 2)).resolve(key.substring(2, 4));
    }

    private Path path(String key) {
        return folder(key).resolve(key);
    }

    @Override
    public void put(String key, Path content) throws IOException {
        Path place = Files.createDirectories(folder(key), Spool.OWNERS_FOLDER);
        try {
            take(content, place, key);
        } catch (AtomicMoveNotSupportedException anotherDisk) {
            Path beside = place.resolve("." + UUID.randomUUID());
            try {
                Files.copy(content, beside);
                take(beside, place, key);
            } finally {
                Files.deleteIfExists(beside);
            }
        }
    }

    /** On disk before it has its name, and its name on disk before anybody is told. */
    private static void take(Path content, Path place, String key) throws IOException {
        Files.setPosixFilePermissions(content, PosixFilePermissions.fromString("rw-------"));
        force(content, StandardOpenOption.WRITE);
        Files.move(content, place.resolve(key), StandardCopyOption.ATOMIC_MOVE);
        force(place, StandardOpenOption.READ);
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    @Override
    public InputStream open(String key, long from) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(path(key), StandardOpenOption.READ);
        return Channels.newInputStream(channel.position(from));
    }

    @Override
    public void delete(String key) throws IOException {
        Files.deleteIfExists(path(key));
    }
}

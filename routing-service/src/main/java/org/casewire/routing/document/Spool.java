package org.casewire.routing.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Where files lie while they are fetched: on disk, because nobody knows how large they are, for the owner's eyes only. */
@Component
@EnableConfigurationProperties(DocumentProperties.class)
class Spool {

    static final FileAttribute<Set<PosixFilePermission>> OWNERS_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** What is older was left by an instance that was killed. */
    private static final Duration LONGEST_STAY = Duration.ofHours(6);

    private static final String BEGINNING = "file-";

    private final Path folder;

    Spool(DocumentProperties settings, Clock clock) {
        this.folder = folder(settings);
        forgetWhatIsOlderThan(clock.instant().minus(LONGEST_STAY));
    }

    private static Path folder(DocumentProperties settings) {
        if (settings.spool() != null) {
            return settings.spool();
        }
        return settings.s3() == null
                ? settings.folder().resolve(".incoming")
                : Path.of(System.getProperty("java.io.tmpdir"), "casewire-documents");
    }

    private void forgetWhatIsOlderThan(Instant moment) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, BEGINNING + "*")) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(moment)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "The spool " + folder.toAbsolutePath() + " cannot be read. Give this service a folder of its own in"
                            + " casewire.documents.folder or .spool.",
                    failure);
        }
    }

    /** A file on disk that is gone once it is closed, unless somebody took it. */
    record Spooled(Path path, long bytes, String sha256) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(path);
        }
    }

    /** The disk does not take it. */
    static final class NoRoom extends IOException {

        NoRoom(IOException cause) {
            super(cause);
        }
    }

    /** @throws NoRoom when it cannot be written here, any other exception when it cannot be read there */
    Spooled keep(InputStream content) throws IOException {
        Path path = created();
        boolean isWhole = false;
        try {
            Spooled spooled = written(path, content);
            isWhole = true;
            return spooled;
        } finally {
            if (!isWhole) {
                Files.deleteIfExists(path);
            }
        }
    }

    private Path created() throws NoRoom {
        try {
            Files.createDirectories(folder, OWNERS_FOLDER);
            return Files.createTempFile(folder, BEGINNING, "");
        } catch (IOException failure) {
            throw new NoRoom(failure);
        }
    }

    private static Spooled written(Path path, InputStream content) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[16 * 1024];
        long bytes = 0;
        try (OutputStream file = new DigestOutputStream(Files.newOutputStream(path), digest)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                write(file, buffer, read);
                bytes += read;
            }
        }
        return new Spooled(path, bytes, HexFormat.of().formatHex(digest.digest()));
    }

    private static void write(OutputStream file, byte[] buffer, int length) throws NoRoom {
        try {
            file.write(buffer, 0, length);
        } catch (IOException failure) {
            throw new NoRoom(failure);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

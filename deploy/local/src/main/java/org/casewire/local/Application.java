package org.casewire.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import org.apache.commons.io.file.PathUtils;
import org.casewire.local.process.Part;
import org.casewire.local.process.Processes;
import org.casewire.local.process.StopSignal;

/**
 * A Spring Boot jar, laid out once per version with its libraries beside it, as Boot recommends: a JVM starts it in two
 * thirds of the time it takes to read the libraries out of the jar.
 *
 * @param jar what the build made
 * @param name what its folder is called
 */
record Application(Path jar, String name) {

    private static final String BOOT_LIBRARIES = "BOOT-INF/lib/";

    /** Returns the jar to start. */
    Path laidOut(Path cache, Jvm jvm, Path log, Processes processes) throws IOException, InterruptedException {
        String fingerprint = fingerprint();
        if (fingerprint.isEmpty()) {
            return jar;
        }
        Path folder = cache.resolve(name + "-" + fingerprint);
        if (!Files.isDirectory(folder)) {
            Path unfinished = Files.createDirectories(cache).resolve(name + ".new");
            if (Files.exists(unfinished)) {
                PathUtils.deleteDirectory(unfinished);
            }
            processes.run(new Part(
                    name + "-layout",
                    "Laying out " + name,
                    jvm.layOut(jar, unfinished),
                    log,
                    StopSignal.TERMINATE,
                    () -> true));
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
            deleteOldOnes(cache, folder);
        }
        return folder.resolve(jar.getFileName());
    }

    /** From the checksums in the jar's directory, so that the jar itself need not be read; empty for other jars. */
    private String fingerprint() throws IOException {
        CRC32 sum = new CRC32();
        try (JarFile file = new JarFile(jar.toFile())) {
            if (file.getEntry(BOOT_LIBRARIES) == null) {
                return "";
            }
            file.stream().forEach(entry -> sum.update((entry.getName() + entry.getCrc()).getBytes()));
        }
        return Long.toHexString(sum.getValue());
    }

    /** A stack that still runs may use the one before, so that one stays. */
    private void deleteOldOnes(Path cache, Path current) throws IOException {
        try (var folders = Files.list(cache)) {
            List<Path> old = folders.filter(folder ->
                            folder.getFileName().toString().matches(name + "-\\p{XDigit}+") && !folder.equals(current))
                    .sorted(Comparator.comparing(folder -> folder.toFile().lastModified()))
                    .toList();
            for (Path folder : old.subList(0, Math.max(0, old.size() - 1))) {
                PathUtils.deleteDirectory(folder);
            }
        }
    }
}

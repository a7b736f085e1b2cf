package org.casewire.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import org.casewire.local.cache.Cache;
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
    Path laidOut(Cache cache, Jvm jvm, Path log, Processes processes) throws IOException, InterruptedException {
        String version = version();
        if (version.isEmpty()) {
            return jar;
        }
        return cache.folder(name, version, folder -> processes.run(layout(jvm, folder, log)))
                .resolve(jar.getFileName());
    }

    private Part layout(Jvm jvm, Path folder, Path log) {
        return new Part(
                name + "-layout", "Laying out " + name, jvm.layOut(jar, folder), log, StopSignal.TERMINATE, () -> true);
    }

    /** From the checksums in the jar's directory, so that the jar itself need not be read; empty for other jars. */
    private String version() throws IOException {
        CRC32 sum = new CRC32();
        try (JarFile file = new JarFile(jar.toFile())) {
            if (file.getEntry(BOOT_LIBRARIES) == null) {
                return "";
            }
            file.stream()
                    .forEach(entry -> sum.update((entry.getName() + entry.getCrc()).getBytes(StandardCharsets.UTF_8)));
        }
        return Long.toHexString(sum.getValue());
    }
}

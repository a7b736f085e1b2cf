package org.casewire.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;

/** The services' jars as the images have them, with what {@code deploy/compose/ahead} adds. */
final class PreparedJars {

    private PreparedJars() {}

    /** Everything built below {@code root}, the services' jars as prepared copies in {@code folder}. */
    static Installation in(Path folder, Path root) throws IOException, InterruptedException {
        Installation prepared = new Installation(folder);
        Path deploy = Files.createDirectories(folder.resolve("deploy"));
        for (String module : new String[] {"front-door", "twilio-twin"}) {
            Files.createSymbolicLink(
                    deploy.resolve(module), root.resolve("deploy").resolve(module));
        }
        try (Together together = new Together()) {
            for (Service service : Service.values()) {
                Path jar = prepared.jar(service);
                together.start(() -> {
                    Files.createDirectories(jar.getParent());
                    Files.copy(new Installation(root).jar(service), jar);
                    prepare(root, jar);
                });
            }
            together.awaitAll();
        }
        return prepared;
    }

    /** Whether Spring finds there that it shall take what was decided. */
    static boolean isPrepared(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getEntry("BOOT-INF/classes/spring.properties") != null;
        }
    }

    private static void prepare(Path root, Path jar) throws IOException, InterruptedException {
        Path log = jar.resolveSibling("ahead.log");
        ProcessBuilder command =
                new ProcessBuilder(root.resolve("deploy/compose/ahead").toString(), jar.toString());
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process =
                command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("ahead ends").isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }
}

package org.casewire.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.casewire.local.cache.Cache;

/**
 * Where the built parts lie.
 *
 * @param root the folder of the repository
 */
record Installation(Path root) {

    private static final String VERSION = "0.1.0-SNAPSHOT";

    static Installation ofSystem() {
        return new Installation(Path.of(System.getProperty("casewire.root", ""))
                .toAbsolutePath()
                .normalize());
    }

    Path jar(Service service) {
        return executable(service.module, service.module);
    }

    Path frontDoorJar() {
        return executable("deploy/front-door", "front-door");
    }

    Path twinJar() {
        return root.resolve("deploy/twilio-twin/target/twilio-twin-" + VERSION + ".jar");
    }

    Path stackFile() {
        return target().resolve("stack.json");
    }

    /** What several runs share: programs that are unpacked once. */
    Cache cache() {
        return new Cache(target().resolve("cache"));
    }

    /** One folder per base port, so that the next run finds what a killed one left. */
    Path throwawayData(int basePort) {
        return target().resolve("throwaway-" + basePort);
    }

    /** Fails when a part was never built. */
    void requireBuilt() {
        List<Path> jars =
                new ArrayList<>(Stream.of(Service.values()).map(this::jar).toList());
        jars.add(frontDoorJar());
        jars.add(twinJar());
        List<Path> missing =
                jars.stream().filter(jar -> !Files.isRegularFile(jar)).toList();
        if (!missing.isEmpty()) {
            throw new Options.Refused("Not built yet: "
                    + String.join(
                            ", ",
                            missing.stream()
                                    .map(root::relativize)
                                    .map(Path::toString)
                                    .toList())
                    + ".\nStart without --no-build, or build with: mvn -DskipTests package");
        }
    }

    private Path executable(String module, String artifact) {
        return root.resolve(module + "/target/" + artifact + "-" + VERSION + "-exec.jar");
    }

    private Path target() {
        return root.resolve("deploy/local/target");
    }
}

package org.casewire.bench.outbound;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where things lie.
 *
 * @param root the folder of the repository
 */
record Place(Path root) {

    static Place ofSystem() {
        return new Place(Path.of(Objects.requireNonNull(System.getProperty("casewire.root"), "casewire.root"))
                .toAbsolutePath()
                .normalize());
    }

    Path runs() {
        return root.resolve("deploy/bench/outbound/target/runs");
    }

    Path stackScript() {
        return root.resolve("deploy/local/run");
    }

    Path twinJar() {
        return root.resolve("deploy/twilio-twin/target/twilio-twin-0.1.0-SNAPSHOT.jar");
    }
}

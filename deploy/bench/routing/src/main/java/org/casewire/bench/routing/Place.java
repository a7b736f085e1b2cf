package org.casewire.bench.routing;

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
        return root.resolve("deploy/bench/routing/target/runs");
    }

    Path stackScript() {
        return root.resolve("deploy/local/run");
    }
}

package org.casewire.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One fleet for all classes that start and stop instances; it takes a while until the first of them answer. */
final class SharedFleet implements BeforeAllCallback {

    private static final class Holder implements AutoCloseable {

        private final Path folder;
        private final Fleet fleet;

        Holder() {
            try {
                folder = Files.createTempDirectory("casewire-fleet").toRealPath();
                fleet = new Fleet(folder);
                fleet.startSurroundings();
                fleet.ensureOfEach(1);
                fleet.publishDemo();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }

        @Override
        public void close() throws IOException {
            fleet.close();
            PathUtils.deleteDirectory(folder);
        }
    }

    private static Holder holder;

    static Fleet fleet() {
        return Objects.requireNonNull(holder).fleet;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        holder = context.getRoot()
                .getStore(Namespace.create(SharedFleet.class))
                .computeIfAbsent("fleet", _ -> new Holder(), Holder.class);
    }
}

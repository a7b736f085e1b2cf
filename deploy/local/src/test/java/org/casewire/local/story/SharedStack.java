package org.casewire.local.story;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One stack for all classes that tell a story on it; it takes a while to start. */
final class SharedStack implements BeforeAllCallback {

    private static final class Holder implements AutoCloseable {

        private final Path folder;
        private final int basePort;
        private final Collector collector;
        private RunningStack stack;

        Holder() {
            try {
                this.folder = Files.createTempDirectory("casewire-story");
                this.basePort = freeBase();
                this.collector = new Collector();
                this.stack = RunningStack.start(folder.resolve("data"), basePort, collector);
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            }
        }

        void restart() throws IOException {
            stack.close();
            stack = RunningStack.start(folder.resolve("data"), basePort, collector);
        }

        @Override
        public void close() throws IOException {
            stack.close();
            collector.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static Holder holder;

    /** The stack as it runs now. */
    static RunningStack stack() {
        return Objects.requireNonNull(holder).stack;
    }

    /** Stops it and starts it again on the same data. */
    static RunningStack restart() throws IOException {
        Objects.requireNonNull(holder).restart();
        return stack();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        holder = context.getRoot()
                .getStore(Namespace.create(SharedStack.class))
                .computeIfAbsent("stack", _ -> new Holder(), Holder.class);
    }

    /** A port with enough free ones above it. */
    private static int freeBase() {
        for (int base = 21_000; base < 60_000; base += 50) {
            if (areFree(base)) {
                return base;
            }
        }
        throw new IllegalStateException("no free ports");
    }

    private static boolean areFree(int base) {
        for (int port = base; port <= base + 20; port++) {
            try (ServerSocket free = new ServerSocket(port)) {
                if (!free.isBound()) {
                    return false;
                }
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }
}

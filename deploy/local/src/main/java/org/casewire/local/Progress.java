package org.casewire.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/** Tells a person what happens, each line with the seconds since the start. */
final class Progress {

    private final PrintStream out;
    private volatile PrintStream log = new PrintStream(OutputStream.nullOutputStream());
    private final long startedAt = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
    }

    /** From now on, what happens is also written there; what is only printed is not, as it may hold a password. */
    void recordIn(Path file) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent(), "a log has a folder"));
        log = new PrintStream(Files.newOutputStream(file), true);
    }

    void say(String line) {
        String timed = String.format(Locale.ROOT, "%6.1f s  %s", seconds(elapsed()), line);
        out.println(timed);
        log.println(timed);
    }

    void ready(String part, String where, Duration took) {
        say(String.format(Locale.ROOT, "%-12s ready after %4.1f s  %s", part, seconds(took), where));
    }

    void print(String text) {
        out.println(text);
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}

package org.casewire.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Tells a person what happens, each line with the seconds since the start. */
final class Progress {

    private final PrintStream out;
    private final long startedAt = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
    }

    void say(String line) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", seconds(elapsed()), line);
    }

    void ready(String part, String where, Duration took) {
        say("%-12s ready after %4.1f s  %s".formatted(part, seconds(took), where));
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

package org.casewire.ops;

import java.io.PrintWriter;
import java.time.Duration;

/** Tells on the error stream, every other second, how far a long command has come. */
public final class Progress {

    private static final long BETWEEN = Duration.ofSeconds(2).toNanos();

    private final PrintWriter out;
    private final String what;
    private long lastTold = System.nanoTime();

    public Progress(PrintWriter out, String what) {
        this.out = out;
        this.what = what;
    }

    /** @param of 0 where nobody knows */
    public void at(long done, long of) {
        if (System.nanoTime() - lastTold >= BETWEEN) {
            lastTold = System.nanoTime();
            out.println("  " + what + ": " + done + (of > 0 ? " of " + of : ""));
            out.flush();
        }
    }
}

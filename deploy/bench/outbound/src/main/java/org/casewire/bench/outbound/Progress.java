package org.casewire.bench.outbound;

import java.time.Duration;

/** Tells how far a part is, every ten seconds. */
final class Progress {

    private static final long STEP = Duration.ofSeconds(10).toNanos();

    private final long began = System.nanoTime();
    private long told = began;
    private int toldAt;

    /** A line of its own. */
    static void say(String line) {
        System.out.println(line);
    }

    void tell(String what, int now, int expected) {
        long time = System.nanoTime();
        if (time - told < STEP) {
            return;
        }
        double perSecond = (now - toldAt) * 1e9 / (time - told);
        say("  %4d s  %,9d of %,d %s  %,7.0f/s"
                .formatted((time - began) / 1_000_000_000, now, expected, what, perSecond));
        told = time;
        toldAt = now;
    }
}

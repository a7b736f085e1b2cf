package org.casewire.bench.outbound;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * When the twin was called for each text.
 *
 * @param at by the text's number
 */
record Calls(Map<Integer, Instant> at) {

    /** Milliseconds from a moment until the call. */
    double millisAfter(Instant from, int number) {
        Instant call = at.get(number);
        if (call == null) {
            throw new IllegalStateException("The twin was never called for text " + number);
        }
        return Duration.between(from, call).toNanos() / 1e6;
    }
}

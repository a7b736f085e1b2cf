package org.casewire.routing.reply;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last move of a received text.
 *
 * @param version how often it was moved
 * @param by the user who moved it, or {@code casewire}; null while it stands where it was filed first
 */
public record LastMove(
        int version, @Nullable String by, @Nullable Instant at) {

    /** It stands where it was filed first. */
    static final LastMove NEVER = new LastMove(0, null, null);

    /** Whether somebody said where it belongs: that stands. */
    boolean byAPerson() {
        return by != null && !by.equals(Refiling.CASEWIRE);
    }

    /** A later move has a later time, whatever the clocks say: whoever follows goes by it. */
    Instant next(Instant now) {
        return at == null || now.isAfter(at) ? now : at.plusNanos(1_000);
    }
}

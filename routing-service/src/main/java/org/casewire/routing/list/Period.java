package org.casewire.routing.list;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A time that is looked at.
 *
 * @param from its first moment
 * @param until the first moment after it
 */
public record Period(Instant from, Instant until) {

    /** All times the database can hold. */
    public static final Period ALWAYS =
            new Period(Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("9999-12-31T00:00:00Z"));

    /** The database counts microseconds; what is finer would round to another moment. */
    public Period {
        from = from.truncatedTo(ChronoUnit.MICROS);
        until = until.truncatedTo(ChronoUnit.MICROS);
    }
}

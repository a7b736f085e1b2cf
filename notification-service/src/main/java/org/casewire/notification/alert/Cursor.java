package org.casewire.notification.alert;

import java.time.DateTimeException;
import java.time.Instant;
import org.casewire.events.access.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Where a list goes on: after the alert raised at that moment, with that number. */
record Cursor(Instant at, long number) {

    private static final Cursor NEWEST = new Cursor(Instant.parse("9999-12-31T00:00:00Z"), Long.MAX_VALUE);

    static Cursor read(@Nullable String written) {
        if (written == null || written.isEmpty()) {
            return NEWEST;
        }
        try {
            String[] parts = written.split("-", 2);
            return new Cursor(Instant.ofEpochMilli(Long.parseLong(parts[0])), Long.parseLong(parts[1]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException | DateTimeException unreadable) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "INVALID_REQUEST",
                    "cursor is not one of ours; take it from next of the page before, or leave it out.");
        }
    }

    @Override
    public String toString() {
        return at.toEpochMilli() + "-" + number;
    }
}

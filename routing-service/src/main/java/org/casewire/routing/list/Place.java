package org.casewire.routing.list;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.casewire.events.page.Cursor;

/**
 * Places in a list of sent and received texts, newest first. Of one moment a received text stands before a sent one, so
 * that both tables are read in the order of their keys.
 */
public final class Place {

    private static final char SENT = '0';
    private static final char RECEIVED = '1';
    private static final UUID LEAST = new UUID(0, 0);

    private Place() {}

    /** Before which message the rest of a list begins. */
    public record OfSent(Instant at, UUID messageId) {}

    /** The place of a sent text. */
    public static Cursor sent(Instant at, UUID messageId) {
        return new Cursor(at, SENT + messageId.toString());
    }

    /** The place of a received text. */
    public static Cursor received(Instant at, String sid) {
        return new Cursor(at, RECEIVED + sid);
    }

    /** Where a list goes on among the sent texts. */
    public static OfSent sentAfter(Cursor cursor) {
        if (cursor.ref().charAt(0) != SENT) {
            return new OfSent(cursor.at().plus(1, ChronoUnit.MICROS), LEAST);
        }
        try {
            return new OfSent(cursor.at(), UUID.fromString(cursor.ref().substring(1)));
        } catch (IllegalArgumentException notOurs) {
            throw Parameters.invalid("cursor must be the 'next' of an earlier answer, or left out.");
        }
    }

    /** Where a list goes on among the received texts. */
    public static Cursor receivedAfter(Cursor cursor) {
        return switch (cursor.ref().charAt(0)) {
            case RECEIVED -> new Cursor(cursor.at(), cursor.ref().substring(1));
            case SENT -> new Cursor(cursor.at(), "");
            default -> cursor;
        };
    }
}

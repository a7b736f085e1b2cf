package org.casewire.events.page;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

/**
 * A place in a list that runs from the newest to the oldest.
 *
 * @param at the time of the last item seen
 * @param ref the id of that item: what decides between items of one moment
 */
public record Cursor(Instant at, String ref) {

    /** Before the first item of any list. */
    public static final Cursor NEWEST = new Cursor(Instant.parse("9999-12-31T00:00:00Z"), "~");

    /** As it stands in an answer's {@code next}. */
    public String encoded() {
        String plain = ChronoUnit.MICROS.between(Instant.EPOCH, at) + ":" + ref;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    static Optional<Cursor> decoded(String encoded) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = plain.indexOf(':');
            long micros = Long.parseLong(plain.substring(0, Math.max(colon, 0)));
            return Optional.of(new Cursor(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), plain.substring(colon + 1)))
                    .filter(cursor ->
                            !cursor.at().isAfter(NEWEST.at()) && cursor.at().isAfter(Instant.EPOCH))
                    .filter(cursor -> !cursor.ref().isEmpty() && cursor.ref().indexOf('\0') < 0);
        } catch (IllegalArgumentException | ArithmeticException noCursor) {
            return Optional.empty();
        }
    }
}

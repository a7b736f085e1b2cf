package org.casewire.events.rows;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.casewire.events.transport.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * Moves columns between Java and PostgreSQL: on the way in, one array per column for {@code unnest}, always as text
 * that the statement casts ({@code ?::timestamptz[]}).
 */
public final class Columns {

    private static final Pattern NOT_STORABLE = Pattern.compile("\\x00|\\p{Cs}");

    /** An escape that jsonb refuses; behind an odd backslash it is none. */
    private static final Pattern ESCAPED_NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

    private Columns() {}

    /** One column of many rows. */
    public static <T> @Nullable String[] of(
            Collection<T> rows, Function<? super T, ? extends @Nullable Object> column) {
        return rows.stream().map(row -> storable(column.apply(row))).toArray(String[]::new);
    }

    /** One column of JSON documents. */
    public static <T> String[] json(Collection<T> rows, Function<? super T, ?> column) {
        return rows.stream().map(row -> json(column.apply(row))).toArray(String[]::new);
    }

    private static String json(Object document) {
        String text = WireJson.MAPPER.writeValueAsString(document);
        boolean mayHoldNul = text.contains("\\u0000");
        return String.valueOf(storable(mayHoldNul ? ESCAPED_NUL.matcher(text).replaceAll("$1\uFFFD") : text));
    }

    /** What a person wrote may hold characters that PostgreSQL cannot; one strange character must not lose a text. */
    private static @Nullable String storable(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        String text = value.toString();
        return isStorable(text) ? text : NOT_STORABLE.matcher(text).replaceAll("\uFFFD");
    }

    /** Nearly every text is, and this is asked of every column of every row. */
    private static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == 0 || Character.isSurrogate(unit)) {
                return false;
            }
        }
        return true;
    }

    /** A time that is always there. */
    public static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** A time that may be missing. */
    public static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}

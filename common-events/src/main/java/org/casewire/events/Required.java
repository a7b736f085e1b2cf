package org.casewire.events;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Refuses an event that lacks a field it cannot be understood without, or whose names could not stand in a key. */
final class Required {

    private static final Pattern ID = Pattern.compile("[^/|\\p{Cntrl}]{1,100}");

    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private Required() {}

    static void field(@Nullable Object value, String name) {
        if (value == null || value instanceof String text && text.isBlank()) {
            throw new IllegalArgumentException(name + " is missing");
        }
    }

    /** An id of the upstream, that must be there. */
    static void id(@Nullable String value, String name) {
        field(value, name);
        if (value != null && !ID.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    name + " must be 1 to 100 characters without '/', '|' and control characters");
        }
    }

    /** A time that a database can hold and a calendar can count with. */
    static void time(@Nullable Instant value, String name) {
        field(value, name);
        if (value != null && (value.isBefore(EARLIEST) || value.isAfter(LATEST))) {
            throw new IllegalArgumentException(name + " must lie between the years 1900 and 9999");
        }
    }

    /** Ids of the upstream, each once; none when the list is left out. */
    static List<String> ids(@Nullable List<String> given, int most, String name) {
        List<String> ids = distinct(given, most, name);
        for (int i = 0; i < ids.size(); i++) {
            id(ids.get(i), name + "[" + i + "]");
        }
        return ids;
    }

    /** What is listed, each once; what could not be read was named already. */
    static <T> List<T> distinct(@Nullable List<T> given, int most, String name) {
        List<T> all = given == null
                ? List.of()
                : List.copyOf(new LinkedHashSet<>(
                        given.stream().filter(Objects::nonNull).toList()));
        if (all.size() > most) {
            throw new IllegalArgumentException(
                    "%s has %,d entries and may have at most %,d".formatted(name, all.size(), most));
        }
        return all;
    }
}

package org.casewire.events.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, newest first.
 *
 * @param next the {@code cursor} of the next part, null at the end
 */
public record Page<T>(List<T> items, @Nullable String next) {

    /** Cuts what was found to the page that was asked for. */
    public static <T> Page<T> of(List<T> found, PageRequest wanted, Function<T, Cursor> place) {
        if (found.size() <= wanted.limit()) {
            return new Page<>(List.copyOf(found), null);
        }
        List<T> items = List.copyOf(found.subList(0, wanted.limit()));
        return new Page<>(items, place.apply(items.getLast()).encoded());
    }

    /** The same page with its items as they are to be shown. */
    public <R> Page<R> map(Function<T, R> shown) {
        return new Page<>(items.stream().map(shown).toList(), next);
    }
}

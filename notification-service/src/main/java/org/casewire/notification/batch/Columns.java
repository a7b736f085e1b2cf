package org.casewire.notification.batch;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows turned into columns, for {@code unnest}: one array a column, cast to its type by the statement. */
public final class Columns {

    private Columns() {}

    /** One column of all rows, as text. */
    public static <T> @Nullable String[] of(List<T> rows, Function<T, ? extends @Nullable Object> value) {
        @Nullable String[] column = new String[rows.size()];
        for (int i = 0; i < column.length; i++) {
            Object cell = value.apply(rows.get(i));
            column[i] = cell == null ? null : cell.toString();
        }
        return column;
    }
}

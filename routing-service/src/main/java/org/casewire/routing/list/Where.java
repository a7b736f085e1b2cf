package org.casewire.routing.list;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions of a statement, with their values, as far as they were asked for. */
public final class Where {

    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    private Where() {}

    /** Begins with a condition that always holds. */
    public static Where of(String condition, Object... values) {
        return new Where().and(condition, values);
    }

    /** Adds a condition. */
    public Where and(String condition, Object... values) {
        conditions.add(condition);
        this.values.addAll(List.of(values));
        return this;
    }

    /** Adds a condition on a value if there is one. */
    public Where andIf(String condition, @Nullable Object value) {
        return value == null ? this : and(condition, value.toString());
    }

    /** {@code a AND b AND c} */
    public String sql() {
        return String.join("\n  AND ", conditions);
    }

    /** The values of all conditions, then those given. */
    public Object[] values(Object... last) {
        List<Object> all = new ArrayList<>(values);
        all.addAll(List.of(last));
        return all.toArray();
    }

    /** The values of all conditions, then a search, then those of what follows. */
    public Object[] values(String search, Object[] following) {
        List<Object> all = new ArrayList<>(values);
        all.add(search);
        all.addAll(List.of(following));
        return all.toArray();
    }
}

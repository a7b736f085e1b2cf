package org.casewire.events.backlog;

import java.util.Arrays;
import java.util.List;

/**
 * Work that waits in a table.
 *
 * @param queue its name among the metrics
 * @param reasons why it may wait; empty where there is but one
 * @param sql how many wait, and since when the oldest of them does (null where none waits), in one row; with reasons, in
 *     a row for each {@code reason}. Without a column {@code oldest} the queue has no age. It is asked again and again,
 *     so it counts no further than {@link #MOST}
 */
public record Backlog(String queue, List<String> reasons, String sql) {

    /** More than so many need not be told apart. */
    public static final int MOST = 100_000;

    public Backlog(String queue, String sql) {
        this(queue, List.of(), sql);
    }

    /** Of what waits for one of several reasons, each is counted. */
    public static Backlog byReason(String queue, Enum<?>[] reasons, String sql) {
        return new Backlog(queue, Arrays.stream(reasons).map(Enum::name).toList(), sql);
    }

    boolean hasAge() {
        return sql.contains("oldest");
    }
}

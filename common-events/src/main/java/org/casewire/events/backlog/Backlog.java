package org.casewire.events.backlog;

/**
 * Work that waits in a table.
 *
 * @param queue its name among the metrics
 * @param sql one row: how many wait, and since when the oldest of them does (null where that is not known or none waits);
 *     it is asked again and again, so it counts no further than {@link #MOST}
 */
public record Backlog(String queue, String sql) {

    /** More than so many need not be told apart. */
    public static final int MOST = 100_000;
}

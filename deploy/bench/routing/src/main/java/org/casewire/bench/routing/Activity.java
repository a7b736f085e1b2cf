package org.casewire.bench.routing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What PostgreSQL is at, looked at a hundred times a second. */
final class Activity implements AutoCloseable {

    private static final String RUNNING = """
            SELECT regexp_replace(left(query, 300), '\\s+', ' ', 'g') AS query, coalesce(wait_event, 'runs') AS state
            FROM pg_stat_activity
            WHERE state = 'active' AND datname = current_database() AND pid <> pg_backend_pid()
            """;

    private static final int SHOWN = 16;

    private final Map<String, Integer> seen = new HashMap<>();
    private final Thread watcher;
    private volatile boolean over;
    private int looks;

    Activity(Database database) {
        watcher = Thread.ofPlatform().start(() -> {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                while (!over) {
                    look(statement);
                    LockSupport.parkNanos(10_000_000);
                }
            } catch (SQLException gone) {
                over = true;
            }
        });
    }

    private void look(Statement statement) throws SQLException {
        looks++;
        try (ResultSet row = statement.executeQuery(RUNNING)) {
            while (row.next()) {
                String query = row.getString(1);
                seen.merge(
                        "%-12s %s".formatted(row.getString(2), query.substring(0, Math.min(100, query.length()))),
                        1,
                        Integer::sum);
            }
        }
    }

    /** Backends at each statement, on average, as lines. */
    List<String> stop() {
        close();
        return Stream.concat(
                        Stream.of("PostgreSQL: backends at a statement, on average"),
                        seen.entrySet().stream()
                                .sorted(Map.Entry.<String, Integer>comparingByValue()
                                        .reversed())
                                .limit(SHOWN)
                                .map(one -> "  %5.2f  %s".formatted((double) one.getValue() / looks, one.getKey())))
                .toList();
    }

    @Override
    public void close() {
        over = true;
        try {
            watcher.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.casewire.bench.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.casewire.bench.stand.Stack;

/** The outbound service's database, past the service: only "scheduled" looks into it. */
record Database(Stack.Login login) {

    /** Puts texts into the tables that are far from due, as if they had been asked for. */
    void loadScheduled(int from, int until, String[] contacts) throws SQLException, IOException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            try (PreparedStatement load = connection.prepareStatement(script())) {
                load.setInt(1, from);
                load.setInt(2, until - 1);
                load.setArray(3, connection.createArrayOf("text", contacts));
                load.executeUpdate();
            }
            statement.execute("VACUUM ANALYZE");
            statement.execute("CHECKPOINT");
        }
    }

    private static String script() throws IOException {
        try (InputStream in = Objects.requireNonNull(Database.class.getResourceAsStream("scheduled.sql"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static final String WORK = """
            SELECT (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()) AS commits,
                   (SELECT wal_bytes::bigint FROM pg_stat_wal) AS "bytes of WAL",
                   sum(n_tup_ins) AS "rows inserted", sum(n_tup_upd) AS "rows updated",
                   sum(n_tup_hot_upd) AS "of these in place", sum(n_tup_del) AS "rows deleted",
                   sum(coalesce(idx_scan, 0)) AS "index scans", sum(seq_scan) AS "table scans"
            FROM pg_stat_user_tables
            """;

    /** What the server has done in this database so far, as it counts itself. */
    Map<String, Long> work() throws SQLException {
        Map<String, Long> work = new LinkedHashMap<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(WORK)) {
            row.next();
            for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                work.put(row.getMetaData().getColumnLabel(column), row.getLong(column));
            }
        }
        return work;
    }

    /** Has the server log how long such a share of the statements takes. */
    void logDurations(double share) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET log_min_duration_sample = 0");
            statement.execute("ALTER SYSTEM SET log_statement_sample_rate = " + share);
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    /** Has the server log the plans of some of the statements, with what they touched; ends its connections. */
    void logPlans() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("LOAD 'auto_explain'");
            for (String setting : List.of(
                    "log_min_duration = 0",
                    "sample_rate = 0.03",
                    "log_analyze = on",
                    "log_buffers = on",
                    "log_timing = off")) {
                statement.execute("ALTER SYSTEM SET auto_explain." + setting);
            }
            statement.execute("ALTER SYSTEM SET session_preload_libraries = 'auto_explain'");
            statement.execute("SELECT pg_reload_conf()");
            // Only new sessions take the library in.
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        }
    }

    private Connection connect() throws SQLException {
        return login.connect();
    }
}

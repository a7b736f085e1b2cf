package org.casewire.bench.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** The outbound service's database, past the service: only "scheduled" looks into it. */
record Database(String url, String user, String password) {

    /** Puts texts into the tables that are far from due, as if they had been asked for. */
    void loadScheduled(int rows, String[] contacts) throws SQLException, IOException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : script().split(";\\s*\\n")) {
                try (PreparedStatement prepared = connection.prepareStatement(sql)) {
                    prepared.setInt(1, rows);
                    prepared.setArray(2, connection.createArrayOf("text", contacts));
                    prepared.executeUpdate();
                }
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

    /** Has the server log how long each statement takes. */
    void logDurations() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET log_min_duration_statement = 0");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    @Override
    public String toString() {
        return "Database[" + url + "]";
    }
}

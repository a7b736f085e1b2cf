package org.casewire.local.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** The databases of the services, each with a role of its own name. */
public final class Databases {

    private final int port;
    private final String password;

    Databases(int port, String password) {
        this.port = port;
        this.password = password;
    }

    /** The address of a database as JDBC wants it. */
    public String jdbcUrl(String database) {
        return "jdbc:" + url(database);
    }

    /** The address of a database as most other clients want it. */
    public String url(String database) {
        return "postgresql://127.0.0.1:" + port + "/" + database;
    }

    public String superuser() {
        return Cluster.SUPERUSER;
    }

    /** Creates what is missing; what is there stays as it is, except that the password is set. */
    public void ensure(Map<String, String> passwordsByName) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(jdbcUrl(Cluster.SUPERUSER), Cluster.SUPERUSER, password);
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> entry : passwordsByName.entrySet()) {
                ensureRole(connection, statement, entry.getKey(), entry.getValue());
                ensureDatabase(connection, statement, entry.getKey());
            }
        }
    }

    private static void ensureRole(Connection connection, Statement statement, String name, String password)
            throws SQLException {
        String role = statement.enquoteIdentifier(name, true);
        if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", name)) {
            statement.execute("CREATE ROLE " + role);
        }
        statement.execute("ALTER ROLE " + role + " LOGIN PASSWORD " + statement.enquoteLiteral(password));
    }

    private static void ensureDatabase(Connection connection, Statement statement, String name) throws SQLException {
        if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
            String database = statement.enquoteIdentifier(name, true);
            statement.execute("CREATE DATABASE " + database + " OWNER " + database);
            statement.execute("REVOKE CONNECT ON DATABASE " + database + " FROM PUBLIC");
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setString(1, name);
            return select.executeQuery().next();
        }
    }
}

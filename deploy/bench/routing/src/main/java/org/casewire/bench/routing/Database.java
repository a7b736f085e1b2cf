package org.casewire.bench.routing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.casewire.bench.stand.Stack;

/** The routing service's database, past the service: cases by the million, as if the upstream had told of them. */
record Database(Stack.Login login) {

    private static final int AT_ONCE = 1_000_000;

    private static final String CASES = """
            INSERT INTO case_file (site, kind, case_id, opened_at, intake_at, updated_at, log_offset, log_time, phones, numbers)
            SELECT 'demo', CASE WHEN n % 5 = 0 THEN 'INTAKE' ELSE 'CASE' END, 'C-' || n,
                   timestamptz '2006-01-01Z' + n * interval '1 minute', timestamptz '2006-01-01Z' + n * interval '1 minute',
                   now(), 0, now(),
                   jsonb_build_object('mobile', jsonb_build_array('+1404' || lpad(n::text, 7, '0')),
                                      'home', CASE WHEN n % 4 = 0 THEN jsonb_build_array('+1404' || lpad((n + 1)::text, 7, '0'))
                                                   ELSE '[]' END,
                                      'other', '[]'::jsonb),
                   CASE WHEN n % 4 = 0 THEN ARRAY['mobile:+1404' || lpad(n::text, 7, '0'), 'home:+1404' || lpad((n + 1)::text, 7, '0')]
                        ELSE ARRAY['mobile:+1404' || lpad(n::text, 7, '0')] END
            FROM generate_series(?, ?) AS n
            """;

    private static final String NUMBERS = """
            INSERT INTO case_number (site, contact, field, kind, case_id, dated_at, updated_at)
            SELECT 'demo', '+1404' || lpad((n + h)::text, 7, '0'), CASE h WHEN 0 THEN 'mobile' ELSE 'home' END,
                   CASE WHEN n % 5 = 0 THEN 'INTAKE' ELSE 'CASE' END, 'C-' || n,
                   timestamptz '2006-01-01Z' + n * interval '1 minute', now()
            FROM generate_series(?, ?) AS n CROSS JOIN generate_series(0, 1) AS h
            WHERE h = 0 OR n % 4 = 0
            """;

    private static final String TEXTED = """
            INSERT INTO last_texted (site, contact, kind, case_id, accepted_at)
            SELECT 'demo', '+1404' || lpad(n::text, 7, '0'), CASE WHEN n % 5 = 0 THEN 'INTAKE' ELSE 'CASE' END, 'C-' || n,
                   now() - interval '1 day'
            FROM generate_series(?, ?) AS n WHERE n % 2 = 0
            """;

    /** Adds cases up to so many. */
    void fill(int from, int until) throws SQLException {
        try (Connection connection = connect()) {
            for (int start = from; start < until; start += AT_ONCE) {
                int end = Math.min(until, start + AT_ONCE);
                for (String table : List.of(CASES, NUMBERS, TEXTED)) {
                    try (PreparedStatement insert = connection.prepareStatement(table)) {
                        insert.setInt(1, start);
                        insert.setInt(2, end - 1);
                        insert.executeUpdate();
                    }
                }
                System.out.printf("  %,d cases stand in the tables%n", end);
            }
        }
        settle();
    }

    /** What comes after a load sooner or later, so that it does not come while something is measured. */
    void settle() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM ANALYZE");
            statement.execute("CHECKPOINT");
        }
    }

    /** Puts all replies but so many out of the days that are looked at. */
    void ageAllBut(int young) throws SQLException {
        run("UPDATE reply SET received_at = received_at - interval '90 days'"
                + " WHERE sid NOT IN (SELECT sid FROM reply WHERE site = 'demo' ORDER BY sid LIMIT " + young + ")");
        settle();
    }

    long count(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    Connection connect() throws SQLException {
        return login.connect();
    }
}

package org.casewire.notification.users;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.casewire.events.rows.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the users' profiles for those who text them. */
@Component
public class Profiles {

    private static final String FIND = """
            SELECT site, user_id, name, mobile, active, texting_enabled, gone
            FROM users JOIN unnest(:sites::text[], :ids::text[]) AS wanted (site, user_id) USING (site, user_id)
            """;

    /** What is being changed at this moment is left out instead of waited for. */
    private static final String HOLD = """
            SELECT site, user_id, name, mobile, active, texting_enabled, gone
            FROM users WHERE (site, user_id) IN (SELECT * FROM unnest(:sites::text[], :ids::text[]))
            FOR SHARE SKIP LOCKED
            """;

    /** A row to hold on to, older than whatever the log will tell. */
    private static final String EXPECT = """
            INSERT INTO users (site, user_id, roles, active, texting_enabled, updated_at, gone, log_time, log_offset)
            SELECT site, user_id, '{}', false, false, 'epoch', true, 'epoch', -1
            FROM unnest(:sites::text[], :ids::text[]) AS unknown (site, user_id)
            ON CONFLICT (site, user_id) DO NOTHING
            RETURNING site, user_id
            """;

    private static final String MANAGERS = """
            SELECT site, user_id, name, mobile, active, texting_enabled, gone
            FROM users WHERE site = ANY (:sites::text[]) AND roles && '{MANAGER,ADMIN}' AND NOT gone
            ORDER BY site, user_id
            """;

    private final JdbcClient jdbc;

    Profiles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The profiles of those who are known. */
    public Map<UserKey, Profile> find(Collection<UserKey> users) {
        return byKey(of(FIND, users).query(Profiles::profile).list());
    }

    /**
     * The profiles as they stand until the running transaction ends, unknown users among them. Those that another
     * transaction is changing now are left out; they can be asked for again when it is done.
     */
    public Map<UserKey, Profile> hold(Collection<UserKey> users) {
        Map<UserKey, Profile> held =
                byKey(of(HOLD, users).query(Profiles::profile).list());
        Set<UserKey> missing = new HashSet<>(users);
        missing.removeAll(held.keySet());
        if (!missing.isEmpty()) {
            of(
                            EXPECT,
                            missing.stream()
                                    .sorted(Comparator.comparing(UserKey::toString))
                                    .toList())
                    .query((row, number) -> key(row))
                    .list()
                    .forEach(unknown -> held.put(unknown, Profile.unknown(unknown)));
        }
        return held;
    }

    /** The managers and admins of these sites. */
    public List<Profile> managers(Collection<String> sites) {
        return jdbc.sql(MANAGERS)
                .param("sites", Columns.of(sites, site -> site))
                .query(Profiles::profile)
                .list();
    }

    private JdbcClient.StatementSpec of(String sql, Collection<UserKey> users) {
        return jdbc.sql(sql)
                .param("sites", Columns.of(users, UserKey::site))
                .param("ids", Columns.of(users, UserKey::userId));
    }

    private static Map<UserKey, Profile> byKey(List<Profile> profiles) {
        Map<UserKey, Profile> found = new HashMap<>();
        profiles.forEach(profile -> found.put(profile.key(), profile));
        return found;
    }

    private static UserKey key(ResultSet row) throws SQLException {
        return new UserKey(row.getString("site"), row.getString("user_id"));
    }

    private static Profile profile(ResultSet row, int number) throws SQLException {
        return new Profile(
                key(row),
                !row.getBoolean("gone"),
                row.getString("name"),
                row.getString("mobile"),
                row.getBoolean("active"),
                row.getBoolean("texting_enabled"));
    }
}

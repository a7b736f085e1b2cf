package org.casewire.notification.calendar;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.casewire.events.CalendarEvent;
import org.casewire.events.CaseRef;
import org.casewire.events.rows.Columns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the calendar's entries for those who tell people of them. */
@Component
public class Entries {

    private static final String FIND = """
            SELECT site, entry_id, kind, title, location, time_zone, case_kind, case_id
            FROM calendar_entries JOIN unnest(:sites::text[], :ids::text[]) AS wanted (site, entry_id)
                 USING (site, entry_id)
            """;

    private static final String HOLD = """
            SELECT FROM calendar_entries
            WHERE (site, entry_id) IN (SELECT * FROM unnest(:sites::text[], :ids::text[]))
            ORDER BY site, entry_id
            FOR SHARE
            """;

    private final JdbcClient jdbc;

    Entries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The entries as they stand. */
    public Map<EntryKey, Entry> find(Collection<EntryKey> keys) {
        Map<EntryKey, Entry> found = new HashMap<>();
        of(FIND, keys).query(Entries::entry).list().forEach(entry -> found.put(entry.key(), entry));
        return found;
    }

    /** Nobody changes these entries until the running transaction ends. */
    public void hold(Collection<EntryKey> keys) {
        of(HOLD, keys).query((row, number) -> number).list();
    }

    private JdbcClient.StatementSpec of(String sql, Collection<EntryKey> keys) {
        return jdbc.sql(sql)
                .param("sites", Columns.of(keys, EntryKey::site))
                .param("ids", Columns.of(keys, EntryKey::entryId));
    }

    private static Entry entry(ResultSet row, int number) throws SQLException {
        @Nullable String zone = row.getString("time_zone");
        @Nullable String caseKind = row.getString("case_kind");
        return new Entry(
                new EntryKey(row.getString("site"), row.getString("entry_id")),
                CalendarEvent.Kind.valueOf(row.getString("kind")),
                row.getString("title"),
                row.getString("location"),
                zone == null ? null : ZoneId.of(zone),
                caseKind == null ? null : new CaseRef(CaseRef.Kind.valueOf(caseKind), row.getString("case_id")));
    }
}

package org.casewire.notification.reminder;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.casewire.events.rows.Columns;
import org.casewire.notification.calendar.EntryKey;
import org.casewire.notification.reminder.Reminder.Slot;
import org.casewire.notification.reminder.Replan.Drop;
import org.casewire.notification.users.UserKey;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of reminders, as they are planned and handed over. */
@Component
class Reminders {

    static final String COLUMNS = """
            reminders.id, reminders.site, reminders.entry_id, person, is_client, remind_before, generation, due_at,
                   reminders.starts_at, state, reason, reminders.mobile, trace_parent, changed_at
            """;

    private static final String OF_ENTRIES = "SELECT " + COLUMNS + """
            FROM reminders WHERE (site, entry_id) IN (SELECT * FROM unnest(:sites::text[], :entries::text[]))
            ORDER BY site, entry_id, person, is_client, remind_before, generation
            FOR UPDATE
            """;

    private static final String ENTRIES_OF_USERS = """
            SELECT DISTINCT site, entry_id
            FROM reminders JOIN unnest(:sites::text[], :users::text[]) AS changed (site, person) USING (site, person)
            WHERE NOT is_client AND state IN ('HANDED_OVER', 'NOT_SENT') AND starts_at > :now::timestamptz
            """;

    private static final String OF_USERS = "SELECT " + COLUMNS + """
            FROM reminders
            WHERE (site, person) IN (SELECT * FROM unnest(:sites::text[], :users::text[]))
              AND NOT is_client AND state IN ('HANDED_OVER', 'NOT_SENT') AND starts_at > :now::timestamptz
            ORDER BY site, entry_id, person, is_client, remind_before, generation
            FOR UPDATE
            """;

    /** Entries whole: what becomes of one reminder of a person may depend on the others. */
    private static final String ON_SITE_CLOCKS = "SELECT " + COLUMNS + """
            FROM reminders
            WHERE reminders.site = :site AND state = 'PENDING' AND remind_before NOT LIKE 'PT%'
              AND entry_id IN (
                  SELECT DISTINCT waiting.entry_id
                  FROM reminders waiting JOIN calendar_entries USING (site, entry_id)
                  WHERE waiting.site = :site AND waiting.entry_id > :after AND waiting.state = 'PENDING'
                    AND waiting.remind_before NOT LIKE 'PT%' AND time_zone IS NULL
                  ORDER BY waiting.entry_id LIMIT :most)
            ORDER BY entry_id, person, is_client, remind_before, generation
            FOR UPDATE
            """;

    private static final String DUE = "SELECT " + COLUMNS + """
            FROM reminders WHERE state = 'PENDING' AND due_at <= :now::timestamptz
            ORDER BY due_at LIMIT :most
            FOR UPDATE SKIP LOCKED
            """;

    private static final String ADD = """
            INSERT INTO reminders (site, entry_id, person, is_client, remind_before, generation, due_at, starts_at,
                   state, reason, trace_parent, changed_at)
            SELECT * FROM unnest(:sites::text[], :entries::text[], :people::text[], :clients::boolean[],
                   :befores::text[], :generations::integer[], :dues::timestamptz[], :starts::timestamptz[],
                   :states::text[], :reasons::text[], :traces::text[], :times::timestamptz[])
            """;

    private static final String SETTLE = """
            UPDATE reminders
            SET due_at = now.due_at, state = now.state, reason = now.reason, mobile = now.mobile,
                message_id = now.message_id, changed_at = now.changed_at
            FROM unnest(:numbers::bigint[], :dues::timestamptz[], :states::text[], :reasons::text[], :mobiles::text[],
                   :messages::uuid[], :times::timestamptz[])
                 AS now (id, due_at, state, reason, mobile, message_id, changed_at)
            WHERE reminders.id = now.id
            """;

    private static final String DROP = """
            UPDATE reminders SET state = 'DROPPED', reason = gone.reason, changed_at = :now::timestamptz
            FROM unnest(:numbers::bigint[], :reasons::text[]) AS gone (id, reason)
            WHERE reminders.id = gone.id
            """;

    private final JdbcClient jdbc;

    Reminders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Everything known of these entries, which nobody else changes until the running transaction ends. */
    Map<EntryKey, List<Reminder>> holdOf(Collection<EntryKey> entries) {
        return jdbc
                .sql(OF_ENTRIES)
                .param("sites", Columns.of(entries, EntryKey::site))
                .param("entries", Columns.of(entries, EntryKey::entryId))
                .query(Reminders::reminder)
                .list()
                .stream()
                .collect(Collectors.groupingBy(one -> one.slot().entry(), HashMap::new, Collectors.toList()));
    }

    /** The highest generation of each site's reminders that are kept no more; asked after {@link #holdOf}. */
    Map<String, Integer> usedGenerations(Collection<String> sites) {
        Map<String, Integer> used = new HashMap<>();
        jdbc.sql("SELECT site, generation FROM used_generations WHERE site = ANY (:sites::text[])")
                .param("sites", Columns.of(sites, site -> site))
                .query(row -> {
                    used.put(row.getString("site"), row.getInt("generation"));
                });
        return used;
    }

    /** The entries whose reminders to these users are on their way or failed, and could still be of use. */
    List<EntryKey> entriesConcerning(Collection<UserKey> users, Instant now) {
        return ofUsers(ENTRIES_OF_USERS, users, now)
                .query((row, number) -> new EntryKey(row.getString("site"), row.getString("entry_id")))
                .list();
    }

    /** Those reminders themselves. */
    List<Reminder> holdConcerning(Collection<UserKey> users, Instant now) {
        return ofUsers(OF_USERS, users, now).query(Reminders::reminder).list();
    }

    private JdbcClient.StatementSpec ofUsers(String sql, Collection<UserKey> users, Instant now) {
        return jdbc.sql(sql)
                .param("sites", Columns.of(users, UserKey::site))
                .param("users", Columns.of(users, UserKey::userId))
                .param("now", now.toString());
    }

    /**
     * What waits, in days before the start of the next entries that have no zone of their own; nobody else changes it
     * until the running transaction ends.
     *
     * @param after the entry before the first of them
     */
    List<Reminder> holdOnSiteClocks(String site, String after, int entries) {
        return jdbc.sql(ON_SITE_CLOCKS)
                .param("site", site)
                .param("after", after)
                .param("most", entries)
                .query(Reminders::reminder)
                .list();
    }

    /** The longest due ones that nobody else is handing over. */
    List<Reminder> holdDue(Instant now, int most) {
        return jdbc.sql(DUE)
                .param("now", now.toString())
                .param("most", most)
                .query(Reminders::reminder)
                .list();
    }

    void add(List<Reminder> reminders) {
        if (reminders.isEmpty()) {
            return;
        }
        jdbc.sql(ADD)
                .param("sites", Columns.of(reminders, Reminder::site))
                .param(
                        "entries",
                        Columns.of(reminders, one -> one.slot().entry().entryId()))
                .param(
                        "people",
                        Columns.of(reminders, one -> one.slot().person().id()))
                .param(
                        "clients",
                        Columns.of(reminders, one -> one.slot().person().isClient()))
                .param("befores", Columns.of(reminders, one -> one.slot().remindBefore()))
                .param("generations", Columns.of(reminders, Reminder::generation))
                .param("dues", Columns.of(reminders, Reminder::dueAt))
                .param("starts", Columns.of(reminders, Reminder::startsAt))
                .param("states", Columns.of(reminders, Reminder::state))
                .param("reasons", Columns.of(reminders, Reminder::reason))
                .param("traces", Columns.of(reminders, Reminder::traceParent))
                .param("times", Columns.of(reminders, Reminder::changedAt))
                .update();
    }

    /** Writes where these stand now; the caller holds them. */
    void settle(List<Reminder> reminders) {
        if (reminders.isEmpty()) {
            return;
        }
        jdbc.sql(SETTLE)
                .param("numbers", Columns.of(reminders, Reminder::number))
                .param("dues", Columns.of(reminders, Reminder::dueAt))
                .param("states", Columns.of(reminders, Reminder::state))
                .param("reasons", Columns.of(reminders, Reminder::reason))
                .param("mobiles", Columns.of(reminders, Reminder::mobile))
                .param("messages", Columns.of(reminders, one -> one.isHandedOver() ? one.messageId() : null))
                .param("times", Columns.of(reminders, Reminder::changedAt))
                .update();
    }

    /** Takes these back; the caller holds them. */
    void drop(List<Drop> drops, Instant now) {
        if (!drops.isEmpty()) {
            jdbc.sql(DROP)
                    .param("numbers", Columns.of(drops, drop -> drop.reminder().number()))
                    .param("reasons", Columns.of(drops, Drop::why))
                    .param("now", now.toString())
                    .update();
        }
    }

    static Reminder reminder(ResultSet row, int number) throws SQLException {
        return new Reminder(
                row.getLong("id"),
                new Slot(
                        new EntryKey(row.getString("site"), row.getString("entry_id")),
                        new Person(row.getString("person"), row.getBoolean("is_client")),
                        row.getString("remind_before")),
                row.getInt("generation"),
                Columns.time(row, "due_at"),
                Columns.time(row, "starts_at"),
                State.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getString("mobile"),
                row.getString("trace_parent"),
                Columns.time(row, "changed_at"));
    }
}

package org.casewire.notification.reminder;

import java.util.List;
import org.casewire.events.SiteDocument;
import org.casewire.events.page.Cursor;
import org.casewire.events.page.PageRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The reminders as people ask for them, with what stands in the way of those that wait. */
@Component
class ReminderList {

    /** The number may still turn out to be none; that is looked at when the reminder is handed over. */
    private static final String PAGE =
            "SELECT " + Reminders.COLUMNS.replace("state, reason,", "standing.state, standing.reason,") + """
            FROM reminders
            LEFT JOIN users ON users.site = reminders.site AND users.user_id = person AND NOT is_client
            CROSS JOIN LATERAL (SELECT CASE
                   WHEN reminders.state <> 'PENDING' THEN reminders.reason
                   WHEN is_client THEN CASE WHEN NOT :clients THEN 'SWITCHED_OFF' END
                   WHEN NOT :attendees THEN 'SWITCHED_OFF'
                   WHEN coalesce(gone, true) THEN 'UNKNOWN_USER'
                   WHEN NOT active THEN 'USER_INACTIVE'
                   WHEN NOT texting_enabled THEN 'TEXTING_OFF'
                   WHEN coalesce(users.mobile, '') !~ '\\S' THEN 'NO_MOBILE' END AS reason) AS told
            CROSS JOIN LATERAL (SELECT told.reason, CASE
                   WHEN reminders.state = 'PENDING' AND told.reason IS NOT NULL THEN 'BLOCKED'
                   ELSE reminders.state END AS state) AS standing
            WHERE reminders.site = :site
              AND (:entry::text IS NULL OR entry_id = :entry)
              AND (:stored::text IS NULL OR reminders.state = :stored)
              AND (:state::text IS NULL OR standing.state = :state)
              AND (due_at, reminders.id) < (:before::timestamptz, :number)
            ORDER BY due_at DESC, reminders.id DESC
            LIMIT :limit
            """;

    private final JdbcClient jdbc;

    ReminderList(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One more than a page holds, latest moment first. */
    List<Reminder> page(
            SiteDocument site, @Nullable String entry, @Nullable State state, PageRequest wanted, long number) {
        return jdbc.sql(PAGE)
                .param("site", site.site())
                .param("clients", site.reminders().clients())
                .param("attendees", site.reminders().attendees())
                .param("entry", entry)
                .param("stored", stored(state))
                .param("state", state == null ? null : state.name())
                .param("before", wanted.after().at().toString())
                .param("number", number)
                .param("limit", wanted.oneMore())
                .query(Reminders::reminder)
                .list();
    }

    /** What is asked of the table first, before users are looked at: what is blocked waits as well. */
    private static @Nullable String stored(@Nullable State state) {
        return state == null ? null : (state == State.BLOCKED ? State.PENDING : state).name();
    }

    static Cursor place(Reminder reminder) {
        return new Cursor(reminder.dueAt(), Long.toString(reminder.number()));
    }
}

package org.casewire.notification.alert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.casewire.events.AlertEvent;
import org.casewire.events.CaseRef;
import org.casewire.events.rows.Columns;
import org.casewire.notification.alert.AlertList.Item;
import org.casewire.notification.cases.SiteDays;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who sees which alert. That is decided when it is asked, by the site's setting and the assignments of that moment:
 * a new assignee sees what was raised before, a former one no longer does. A case that is gone has no assignments.
 */
@Component
public class VisibleAlerts {

    /** The user's cases first, and only once each: somebody may hold thousands, and thousands may hold one. */
    private static final String MINE = """
            WITH mine (my_kind, my_case) AS MATERIALIZED (
                SELECT DISTINCT kind, case_id FROM assignments held
                WHERE held.site = :site AND held.user_id = :user AND (held.is_primary OR NOT :primaryOnly)
                  AND (held.starts_on IS NULL OR held.starts_on <= :today)
                  AND (held.ends_on IS NULL OR held.ends_on > :today))
            """;

    /**
     * Case by case through the index: OFFSET keeps the planner from comparing every alert with every case where it
     * takes both for few, which costs a minute when they are ten thousand each.
     */
    private static final String VISIBLE = """
            FROM mine CROSS JOIN LATERAL (
                SELECT * FROM alerts
                WHERE alerts.site = :site AND alerts.kind = my_kind AND alerts.case_id = my_case
                  AND dismissed_at IS NULL
                OFFSET 0) AS standing
            JOIN cases USING (site, kind, case_id)
            """;

    private static final String COUNT = MINE + "SELECT count(*) " + VISIBLE;

    private static final String PAGE = MINE + """
            SELECT alert_id, raised_no, site, kind, case_id, sid, contact, preview, raised_at, title, client_name
            """ + VISIBLE + """
            WHERE (raised_at, raised_no) < (:at::timestamptz, :number)
            ORDER BY raised_at DESC, raised_no DESC
            LIMIT :limit
            """;

    private static final String MAY_SEE = """
            SELECT EXISTS (
                SELECT FROM alerts
                WHERE alert_id = :alert AND site = :site
                  AND (:anybody OR dismissed_by = :user
                       OR EXISTS (SELECT FROM assignments held
                                  WHERE held.site = alerts.site AND held.kind = alerts.kind
                                    AND held.case_id = alerts.case_id
                                    AND held.user_id = :user AND (held.is_primary OR NOT :primaryOnly)
                                    AND (held.starts_on IS NULL OR held.starts_on <= :today)
                                    AND (held.ends_on IS NULL OR held.ends_on > :today))))
            """;

    /** An expression, so that the users are one hashed set instead of a look into the index for each of them. */
    private static final String AUDIENCE = """
            SELECT DISTINCT told.alert_id, held.user_id, alerts.preview
            FROM unnest(:alerts::uuid[], :sites::text[], :kinds::text[], :ids::text[], :days::date[],
                   :primaryOnly::boolean[]) AS told (alert_id, site, kind, case_id, today, primary_only)
            JOIN assignments held USING (site, kind, case_id)
            LEFT JOIN alerts ON alerts.alert_id = told.alert_id
            WHERE held.user_id || '' = ANY (:users::text[])
              AND (held.is_primary OR NOT told.primary_only)
              AND (held.starts_on IS NULL OR held.starts_on <= told.today)
              AND (held.ends_on IS NULL OR held.ends_on > told.today)
            """;

    private final JdbcClient jdbc;
    private final SiteDays days;

    VisibleAlerts(JdbcClient jdbc, SiteDays days) {
        this.jdbc = jdbc;
        this.days = days;
    }

    /**
     * Somebody who may see an alert at this moment.
     *
     * @param preview its words as they are now: they may have been erased since it was raised
     */
    public record Viewer(
            UUID alertId, String userId, @Nullable String preview) {}

    private record Row(Item item, Cursor cursor) {}

    /** One snapshot for both statements, so that the count is always the list's. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    AlertList page(String site, String user, Cursor after, int limit) {
        List<Row> rows = of(PAGE, site, user)
                .param("at", after.at().toString())
                .param("number", after.number())
                .param("limit", limit + 1)
                .query(VisibleAlerts::row)
                .list();
        List<Row> shown = rows.subList(0, Math.min(limit, rows.size()));
        String next = rows.size() > shown.size() ? shown.getLast().cursor().toString() : null;
        long unread = of(COUNT, site, user).query(Long.class).single();
        return new AlertList(shown.stream().map(Row::item).toList(), unread, next);
    }

    /** Whether it is there for that user: standing or dismissed, on a case of theirs, or dismissed by themselves. */
    boolean maySee(String site, String user, boolean anybody, UUID alertId) {
        return of(MAY_SEE, site, user)
                .param("alert", alertId)
                .param("anybody", anybody)
                .query(Boolean.class)
                .single();
    }

    /** Who of these users may see the alerts that these events are about. */
    public List<Viewer> viewersOf(Collection<? extends AlertEvent> events, Collection<String> users) {
        List<AlertEvent> told = List.copyOf(events);
        return jdbc.sql(AUDIENCE)
                .param("alerts", Columns.of(told, AlertEvent::alertId))
                .param("sites", Columns.of(told, AlertEvent::site))
                .param("kinds", Columns.of(told, one -> one.caseRef().kind()))
                .param("ids", Columns.of(told, one -> one.caseRef().id()))
                .param("days", Columns.of(told, one -> days.today(one.site())))
                .param("primaryOnly", Columns.of(told, one -> days.primaryOnly(one.site())))
                .param("users", Columns.of(users, user -> user))
                .query((row, number) -> new Viewer(row.getObject(1, UUID.class), row.getString(2), row.getString(3)))
                .list();
    }

    private JdbcClient.StatementSpec of(String sql, String site, String user) {
        return jdbc.sql(sql)
                .param("site", site)
                .param("user", user)
                .param("primaryOnly", days.primaryOnly(site))
                .param("today", days.today(site));
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        Item item = new Item(
                row.getObject("alert_id", UUID.class),
                row.getString("site"),
                new CaseRef(CaseRef.Kind.valueOf(row.getString("kind")), row.getString("case_id")),
                row.getString("sid"),
                row.getString("contact"),
                row.getString("preview"),
                row.getTimestamp("raised_at").toInstant(),
                row.getString("title"),
                row.getString("client_name"));
        return new Row(item, new Cursor(item.at(), row.getLong("raised_no")));
    }
}

package org.casewire.notification.cases;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.casewire.events.CaseRef;
import org.casewire.events.rows.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How often what somebody sees changed by their assignments, so that an open page can be told at whichever instance:
 * each looks at the few users whose pages it shows. Assignments to cases on which nothing stands change nothing.
 */
@Component
public class CaseSights {

    /** Something to see on a case; looked up one by one, whatever the planner takes the cases for. */
    private static final String SOMETHING_STANDS = """
            CROSS JOIN LATERAL (
                SELECT FROM (
                    SELECT FROM alerts
                    WHERE alerts.site = held.site AND alerts.kind = held.kind AND alerts.case_id = held.case_id
                      AND dismissed_at IS NULL
                    UNION ALL
                    SELECT FROM waiting_texts AS waiting
                    WHERE waiting.site = held.site AND waiting.kind = held.kind AND waiting.case_id = held.case_id) AS stands
                LIMIT 1) AS something
            """;

    private static final String CHANGED = """
            INSERT INTO case_sights AS known (site, user_id, version)
            SELECT DISTINCT site, user_id, 1
            FROM unnest(:sites::text[], :kinds::text[], :ids::text[], :users::text[]) AS held (site, kind, case_id, user_id)
            """ + SOMETHING_STANDS + """
            ORDER BY site, user_id
            ON CONFLICT (site, user_id) DO UPDATE SET version = known.version + 1
            """;

    private static final String VERSIONS = """
            SELECT site, user_id, version
            FROM case_sights JOIN unnest(:sites::text[], :users::text[]) AS wanted (site, user_id) USING (site, user_id)
            """;

    private static final String DIFFERING = """
            SELECT DISTINCT user_id FROM assignments AS held
            """ + SOMETHING_STANDS + """
            WHERE site = :site AND user_id = ANY (:users::text[])
              AND ((is_primary OR NOT :primaryBefore) AND (starts_on IS NULL OR starts_on <= :before)
                   AND (ends_on IS NULL OR ends_on > :before))
               <> ((is_primary OR NOT :primaryNow) AND (starts_on IS NULL OR starts_on <= :now)
                   AND (ends_on IS NULL OR ends_on > :now))
            """;

    private final JdbcClient jdbc;
    private final SiteDays days;

    CaseSights(JdbcClient jdbc, SiteDays days) {
        this.jdbc = jdbc;
        this.days = days;
    }

    /** Somebody on a case. */
    record Holder(String site, CaseRef caseRef, String user) {}

    /** A user of a site. */
    public record Viewer(String site, String user) {}

    /** By which day and setting a site's assignments are looked at. */
    public record Lens(LocalDate today, boolean primaryOnly) {}

    private record Version(Viewer viewer, long version) {}

    /** In the transaction of the change, and the last of it: what was raised until now is seen. */
    void changed(Collection<Holder> holders) {
        if (holders.isEmpty()) {
            return;
        }
        List<Holder> inOrder = holders.stream()
                .sorted(Comparator.comparing(Holder::site).thenComparing(Holder::user))
                .toList();
        jdbc.sql(CHANGED)
                .param("sites", Columns.of(inOrder, Holder::site))
                .param("kinds", Columns.of(inOrder, one -> one.caseRef().kind()))
                .param("ids", Columns.of(inOrder, one -> one.caseRef().id()))
                .param("users", Columns.of(inOrder, Holder::user))
                .update();
    }

    /** How often it changed; those of whom nothing stands there are at 0. */
    public Map<Viewer, Long> versions(Collection<Viewer> viewers) {
        Map<Viewer, Long> versions = new HashMap<>();
        jdbc.sql(VERSIONS)
                .param("sites", Columns.of(viewers, Viewer::site))
                .param("users", Columns.of(viewers, Viewer::user))
                .query((row, number) -> new Version(
                        new Viewer(row.getString("site"), row.getString("user_id")), row.getLong("version")))
                .list()
                .forEach(one -> versions.put(one.viewer(), one.version()));
        return versions;
    }

    /** The day and the setting of a site as they are now. */
    public Lens lens(String site) {
        return new Lens(days.today(site), days.primaryOnly(site));
    }

    /** Who of these users sees something else now than before, with the same assignments. */
    public Set<String> differing(String site, Collection<String> users, Lens before, Lens now) {
        return jdbc.sql(DIFFERING)
                .param("site", site)
                .param("users", Columns.of(users, user -> user))
                .param("primaryBefore", before.primaryOnly())
                .param("before", before.today())
                .param("primaryNow", now.primaryOnly())
                .param("now", now.today())
                .query(String.class)
                .set();
    }
}

package org.casewire.notification.notice;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.casewire.events.ActivityEvent.ActivityReported;
import org.casewire.events.rows.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which activities were reported before. */
@Component
class Activities {

    private static final String REMEMBER = """
            INSERT INTO activities (site, activity_id, told_at)
            SELECT site, activity_id, :now::timestamptz
            FROM unnest(:sites::text[], :ids::text[]) AS reported (site, activity_id)
            ON CONFLICT (site, activity_id) DO NOTHING
            RETURNING site || '|' || activity_id
            """;

    private final JdbcClient jdbc;

    Activities(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The keys of those that were not. */
    Set<String> remember(Collection<ActivityReported> reported, Instant now) {
        List<ActivityReported> inOrder = reported.stream()
                .sorted(Comparator.comparing(ActivityReported::key))
                .toList();
        return Set.copyOf(jdbc.sql(REMEMBER)
                .param("sites", Columns.of(inOrder, ActivityReported::site))
                .param("ids", Columns.of(inOrder, ActivityReported::activityId))
                .param("now", now.toString())
                .query(String.class)
                .list());
    }
}

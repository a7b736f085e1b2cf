package org.casewire.notification.notice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.casewire.events.outbox.Outbox;
import org.casewire.events.rows.Columns;
import org.casewire.notification.notice.Notice.Line;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Asks for notices at once, as long as a number does not get many; then they wait and leave as one text. */
@Component
class Lines {

    /** A window that has closed begins anew; one that holds something stays until that has left. */
    private static final String COUNT = """
            INSERT INTO notice_windows AS known (site, mobile, opened_at, closes_at, told)
            SELECT site, mobile, :now::timestamptz, :end::timestamptz, told
            FROM unnest(:sites::text[], :mobiles::text[], :counts::integer[]) AS coming (site, mobile, told)
            ON CONFLICT (site, mobile) DO UPDATE
            SET told = excluded.told + CASE WHEN known.closes_at <= excluded.opened_at AND known.held = 0
                                            THEN 0 ELSE known.told END,
                opened_at = CASE WHEN known.closes_at <= excluded.opened_at AND known.held = 0
                                 THEN excluded.opened_at ELSE known.opened_at END,
                closes_at = CASE WHEN known.closes_at <= excluded.opened_at AND known.held = 0
                                 THEN excluded.closes_at ELSE known.closes_at END
            RETURNING site, mobile, told > :most OR held > 0 AS full
            """;

    private static final String HOLD = """
            INSERT INTO held_notices (site, mobile, activity_id, audience, body, expires_at, trace_parent)
            SELECT * FROM unnest(:sites::text[], :mobiles::text[], :activities::text[], :audiences::text[],
                   :bodies::text[], :ends::timestamptz[], :traces::text[])
            """;

    private static final String MARK_HELD = """
            UPDATE notice_windows SET held = held + more.count
            FROM unnest(:sites::text[], :mobiles::text[], :counts::integer[]) AS more (site, mobile, count)
            WHERE notice_windows.site = more.site AND notice_windows.mobile = more.mobile
            """;

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final NoticeProperties properties;

    Lines(JdbcClient jdbc, Outbox outbox, NoticeProperties properties) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.properties = properties;
    }

    private record Load(Line line, int count) {}

    void send(List<Notice> notices, Instant now) {
        if (notices.isEmpty()) {
            return;
        }
        Map<Line, Boolean> full = count(loads(notices), now);
        List<Notice> held = new ArrayList<>();
        List<Notice> free = new ArrayList<>();
        notices.forEach(one -> (full.getOrDefault(one.line(), false) ? held : free).add(one));
        hold(held);
        outbox.append(free.stream().map(Notice::asked).toList());
    }

    /** In one order everywhere, so that two batches never wait for each other. */
    private static List<Load> loads(List<Notice> notices) {
        Map<String, List<Notice>> byLine = notices.stream()
                .collect(Collectors.groupingBy(
                        one -> one.line().site() + "|" + one.line().mobile(), TreeMap::new, Collectors.toList()));
        return byLine.values().stream()
                .map(all -> new Load(all.getFirst().line(), all.size()))
                .toList();
    }

    private Map<Line, Boolean> count(List<Load> loads, Instant now) {
        Map<Line, Boolean> full = new LinkedHashMap<>();
        of(COUNT, loads)
                .param("now", now.toString())
                .param("end", now.plus(properties.digestWindow()).toString())
                .param("most", properties.digestAbove())
                .query(row -> {
                    full.put(new Line(row.getString("site"), row.getString("mobile")), row.getBoolean("full"));
                });
        return full;
    }

    private void hold(List<Notice> held) {
        if (held.isEmpty()) {
            return;
        }
        jdbc.sql(HOLD)
                .param("sites", Columns.of(held, one -> one.line().site()))
                .param("mobiles", Columns.of(held, one -> one.line().mobile()))
                .param("activities", Columns.of(held, Notice::activityId))
                .param("audiences", Columns.of(held, Notice::audience))
                .param("bodies", Columns.of(held, Notice::body))
                .param("ends", Columns.of(held, Notice::expiresAt))
                .param("traces", Columns.of(held, Notice::traceParent))
                .update();
        of(MARK_HELD, loads(held)).update();
    }

    private JdbcClient.StatementSpec of(String sql, List<Load> loads) {
        return jdbc.sql(sql)
                .param("sites", Columns.of(loads, one -> one.line().site()))
                .param("mobiles", Columns.of(loads, one -> one.line().mobile()))
                .param("counts", Columns.of(loads, Load::count));
    }
}

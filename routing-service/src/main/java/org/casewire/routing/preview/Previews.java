package org.casewire.routing.preview;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.casewire.events.CaseRef;
import org.casewire.events.Matching;
import org.casewire.events.SiteDocument;
import org.casewire.events.rows.Columns;
import org.casewire.routing.matching.Outcomes;
import org.casewire.routing.matching.Outcomes.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Compares strategies over stored outcomes; reads the table of replies and writes nothing. */
@Repository
class Previews {

    /** As text an outcome is one case, or none, or several lines: two are the same when their texts are. */
    private static final String BY_STRATEGY = """
            CASE %s WHEN 'MOST_RECENT_OUTBOUND' THEN coalesce(by_outbound, by_opened, by_intake)
                    WHEN 'MOST_RECENT_INTAKE' THEN coalesce(by_intake, by_outbound, by_opened)
                    WHEN 'MOST_RECENTLY_OPENED' THEN coalesce(by_opened, by_outbound, by_intake)
                    WHEN 'ALL' THEN by_all END""";

    private static final String COMPARE =
            """
            WITH looked AS (
                SELECT sid, received_at, cases, matched_by IS NOT NULL AS comparable,
                       moved_by IS NOT NULL AND moved_by <> 'casewire' AS moved_by_person,
                       by_all_count, %s AS now, %s AS other
                FROM reply
                WHERE site = ? AND received_at > ?::timestamptz),
            compared AS (
                SELECT sid, received_at, comparable, moved_by_person,
                       CASE WHEN now IS NOT DISTINCT FROM other THEN NULL
                            WHEN now IS NULL THEN 'NOW_ASSIGNED'
                            WHEN other IS NULL THEN 'NOW_UNASSIGNED'
                            ELSE 'OTHER_CASE' END AS difference,
                       CASE WHEN moved_by_person AND other IS NOT NULL
                            THEN (SELECT array_agg(one ->> 'kind' || '|' || (one ->> 'id') ORDER BY 1)
                                  FROM jsonb_array_elements(cases) AS one)
                                 = (SELECT array_agg(one ORDER BY 1) FROM string_to_table(other, E'\\n') AS one)
                            ELSE false END AS right_then
                FROM looked)
            SELECT comparable, difference, count(*) AS replies, count(*) FILTER (WHERE moved_by_person) AS moved,
                   count(*) FILTER (WHERE right_then) AS right_then,
                   (array_agg(sid ORDER BY received_at DESC, sid DESC)
                    FILTER (WHERE comparable AND difference IS NOT NULL))[1:?] AS newest
            FROM compared
            GROUP BY comparable, difference
            """.formatted(BY_STRATEGY.formatted("matched_by"), BY_STRATEGY.formatted("?"));

    private static final String EXAMPLES = """
            SELECT reply.sid, contact, received_at, matched_by, by_outbound, by_opened, by_intake, by_all, by_all_count,
                   wanted.difference
            FROM unnest(?::text[], ?::text[]) AS wanted (sid, difference)
            JOIN reply ON reply.site = ? AND reply.sid = wanted.sid
            ORDER BY received_at DESC, reply.sid DESC
            """;

    private static final int OF_A_KIND = 10;

    private final JdbcTemplate jdbc;

    Previews(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    private record Group(
            boolean comparable,
            @Nullable Difference difference,
            long replies,
            long moved,
            long rightThen,
            List<String> newest) {}

    private record Wanted(String sid, Difference difference) {}

    Preview of(SiteDocument site, Matching strategy, int days, Instant now) {
        Instant from = now.minus(Duration.ofDays(days)).truncatedTo(ChronoUnit.MICROS);
        List<Group> groups = jdbc.query(
                COMPARE, (row, number) -> group(row), strategy.name(), site.site(), from.toString(), OF_A_KIND);
        List<Group> compared = groups.stream().filter(Group::comparable).toList();
        Map<Difference, Long> kinds = new EnumMap<>(Difference.class);
        Stream.of(Difference.values()).forEach(kind -> kinds.put(kind, 0L));
        long same = 0;
        for (Group group : compared) {
            if (group.difference() == null) {
                same += group.replies();
            } else {
                kinds.merge(group.difference(), group.replies(), Long::sum);
            }
        }
        long all = compared.stream().mapToLong(Group::replies).sum();
        return new Preview(
                strategy,
                site.matching(),
                days,
                from,
                now,
                all,
                same,
                all - same,
                new Preview.Differences(
                        kinds.getOrDefault(Difference.NOW_ASSIGNED, 0L),
                        kinds.getOrDefault(Difference.NOW_UNASSIGNED, 0L),
                        kinds.getOrDefault(Difference.OTHER_CASE, 0L)),
                new Preview.Moved(
                        compared.stream().mapToLong(Group::moved).sum(),
                        compared.stream().mapToLong(Group::rightThen).sum()),
                groups.stream().mapToLong(Group::replies).sum() - all,
                examples(site.site(), strategy, compared));
    }

    private static Group group(ResultSet row) throws SQLException {
        String difference = row.getString("difference");
        return new Group(
                row.getBoolean("comparable"),
                difference == null ? null : Difference.valueOf(difference),
                row.getLong("replies"),
                row.getLong("moved"),
                row.getLong("right_then"),
                row.getArray("newest") == null
                        ? List.of()
                        : List.of((String[]) row.getArray("newest").getArray()));
    }

    private List<Preview.Example> examples(String site, Matching strategy, Collection<Group> groups) {
        List<Wanted> wanted = groups.stream()
                .flatMap(group -> group.difference() == null
                        ? Stream.<Wanted>empty()
                        : group.newest().stream().map(sid -> new Wanted(sid, group.difference())))
                .toList();
        return wanted.isEmpty()
                ? List.of()
                : jdbc.query(
                        EXAMPLES,
                        (row, number) -> example(row, strategy),
                        Columns.of(wanted, Wanted::sid),
                        Columns.of(wanted, Wanted::difference),
                        site);
    }

    private static Preview.Example example(ResultSet row, Matching strategy) throws SQLException {
        String all = row.getString("by_all");
        Outcomes outcomes = new Outcomes(
                Matching.valueOf(row.getString("matched_by")),
                ref(row.getString("by_outbound")),
                ref(row.getString("by_opened")),
                ref(row.getString("by_intake")),
                all == null ? List.of() : all.lines().map(CaseRef::parse).toList(),
                row.getInt("by_all_count"));
        Outcome now = outcomes.of(outcomes.strategy());
        Outcome then = outcomes.of(strategy);
        return new Preview.Example(
                row.getString("sid"),
                row.getString("contact"),
                Columns.time(row, "received_at"),
                Difference.valueOf(row.getString("difference")),
                outcomes.strategy(),
                now.rule(),
                now.cases(),
                now.count(),
                then.rule(),
                then.cases(),
                then.count());
    }

    private static @Nullable CaseRef ref(@Nullable String text) {
        return text == null ? null : CaseRef.parse(text);
    }
}

package org.casewire.notification.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.casewire.events.CaseEvent;
import org.casewire.events.CaseEvent.Assignment;
import org.casewire.events.CaseRef;
import org.casewire.events.rows.Columns;
import org.casewire.events.transport.Received;
import org.casewire.notification.batch.Rounds;
import org.casewire.notification.cases.CaseSights.Holder;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The cases and their assignments. An older snapshot never overwrites a newer one; a case that is gone comes back only
 * with a snapshot later than its end and than the last one known of it.
 */
@Component
class Cases {

    private static final String PUT = """
            INSERT INTO cases AS known
                   (site, kind, case_id, title, client_name, updated_at, gone, log_time, log_offset)
            SELECT * FROM unnest(:sites::text[], :kinds::text[], :ids::text[], :titles::text[], :clients::text[],
                   :updated::timestamptz[], :gone::boolean[], :times::timestamptz[], :offsets::bigint[])
            ON CONFLICT (site, kind, case_id) DO UPDATE
            SET title = excluded.title, client_name = excluded.client_name, gone = excluded.gone,
                updated_at = greatest(known.updated_at, excluded.updated_at),
                log_time = excluded.log_time, log_offset = excluded.log_offset
            WHERE (excluded.log_offset > known.log_offset OR excluded.log_time > known.log_time)
              AND (excluded.gone
                   OR excluded.updated_at > known.updated_at
                   OR excluded.updated_at = known.updated_at AND NOT known.gone)
            RETURNING site || '|' || kind || '|' || case_id
            """;

    private static final String CLEAR = """
            DELETE FROM assignments
            USING unnest(:sites::text[], :kinds::text[], :ids::text[]) AS changed (site, kind, case_id)
            WHERE assignments.site = changed.site
              AND assignments.kind = changed.kind
              AND assignments.case_id = changed.case_id
            RETURNING assignments.site, assignments.kind, assignments.case_id, user_id, is_primary, starts_on, ends_on
            """;

    private static final String ASSIGN = """
            INSERT INTO assignments (site, kind, case_id, user_id, is_primary, starts_on, ends_on)
            SELECT * FROM unnest(:sites::text[], :kinds::text[], :ids::text[], :users::text[], :primary::boolean[],
                   :starts::date[], :ends::date[])
            """;

    private final JdbcClient jdbc;
    private final CaseSights sights;

    Cases(JdbcClient jdbc, CaseSights sights) {
        this.jdbc = jdbc;
        this.sights = sights;
    }

    private record Held(CaseRecord by, Assignment assignment) {

        Holding holding() {
            return new Holding(by.site(), by.caseRef(), assignment);
        }
    }

    /** Somebody on a case. */
    private record Holding(String site, CaseRef caseRef, Assignment assignment) {

        Holder holder() {
            return new Holder(site, caseRef, assignment.userId());
        }
    }

    @Transactional
    void apply(List<Received<CaseEvent>> batch) {
        List<CaseRecord> records = batch.stream().map(CaseRecord::of).toList();
        Set<Holder> changed = new HashSet<>();
        Rounds.of(records, CaseRecord::key).forEach(round -> changed.addAll(put(round)));
        sights.changed(changed);
    }

    /** Returns whose assignments are others now. */
    private Set<Holder> put(List<CaseRecord> records) {
        Set<String> newer = new HashSet<>(cases(PUT, records, Function.identity())
                .param("titles", Columns.of(records, CaseRecord::title))
                .param("clients", Columns.of(records, CaseRecord::clientName))
                .param("updated", Columns.of(records, CaseRecord::updatedAt))
                .param("gone", Columns.of(records, CaseRecord::gone))
                .param("times", Columns.of(records, one -> one.origin().time()))
                .param("offsets", Columns.of(records, one -> one.origin().offset()))
                .query(String.class)
                .list());
        List<CaseRecord> changed =
                records.stream().filter(one -> newer.contains(one.key())).toList();
        Set<Holding> before = Set.copyOf(
                cases(CLEAR, changed, Function.identity()).query(Cases::holding).set());
        List<Held> held = changed.stream()
                .flatMap(by -> by.assignments().stream().map(assignment -> new Held(by, assignment)))
                .toList();
        assign(held);
        Set<Holding> now = held.stream().map(Held::holding).collect(Collectors.toSet());
        return Stream.concat(
                        before.stream().filter(one -> !now.contains(one)),
                        now.stream().filter(one -> !before.contains(one)))
                .map(Holding::holder)
                .collect(Collectors.toSet());
    }

    private static Holding holding(ResultSet row, int number) throws SQLException {
        return new Holding(
                row.getString("site"),
                new CaseRef(CaseRef.Kind.valueOf(row.getString("kind")), row.getString("case_id")),
                new Assignment(
                        row.getString("user_id"),
                        row.getBoolean("is_primary"),
                        row.getObject("starts_on", LocalDate.class),
                        row.getObject("ends_on", LocalDate.class)));
    }

    private void assign(List<Held> held) {
        cases(ASSIGN, held, Held::by)
                .param("users", Columns.of(held, one -> one.assignment().userId()))
                .param("primary", Columns.of(held, one -> one.assignment().primary()))
                .param("starts", dates(held, Assignment::startsOn))
                .param("ends", dates(held, Assignment::endsOn))
                .update();
    }

    private static @Nullable String[] dates(List<Held> held, Function<Assignment, ? extends @Nullable Object> date) {
        return Columns.of(held, one -> date.apply(one.assignment()));
    }

    private <T> JdbcClient.StatementSpec cases(String sql, List<T> rows, Function<T, CaseRecord> of) {
        return jdbc.sql(sql)
                .param("sites", Columns.of(rows, row -> of.apply(row).site()))
                .param("kinds", Columns.of(rows, row -> of.apply(row).caseRef().kind()))
                .param("ids", Columns.of(rows, row -> of.apply(row).caseRef().id()));
    }
}

package org.casewire.notification.cases;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.casewire.events.CaseEvent;
import org.casewire.events.CaseEvent.Assignment;
import org.casewire.events.rows.Columns;
import org.casewire.events.transport.Received;
import org.casewire.notification.batch.Rounds;
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
            """;

    private static final String ASSIGN = """
            INSERT INTO assignments (site, kind, case_id, user_id, is_primary, starts_on, ends_on)
            SELECT * FROM unnest(:sites::text[], :kinds::text[], :ids::text[], :users::text[], :primary::boolean[],
                   :starts::date[], :ends::date[])
            """;

    private final JdbcClient jdbc;

    Cases(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Held(CaseRecord by, Assignment assignment) {}

    @Transactional
    void apply(List<Received<CaseEvent>> batch) {
        List<CaseRecord> records = batch.stream().map(CaseRecord::of).toList();
        Rounds.of(records, CaseRecord::key).forEach(this::put);
    }

    private void put(List<CaseRecord> records) {
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
        cases(CLEAR, changed, Function.identity()).update();
        assign(changed.stream()
                .flatMap(by -> by.assignments().stream().map(assignment -> new Held(by, assignment)))
                .toList());
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

package org.casewire.routing.cases;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.casewire.events.CaseEvent.CaseChanged;
import org.casewire.events.CaseRef;
import org.casewire.events.rows.Columns;
import org.casewire.events.transport.Received.Origin;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table of cases and of the marks of those that are gone. */
@Repository
class CaseFiles {

    /**
     * A tombstone that was applied before changes nothing: read once more, it would bury the snapshot that revived the
     * case after it. The time counts beside the offset, for a topic made anew counts from 0 again.
     */
    private static final String MARK_GONE = """
            INSERT INTO case_file AS file (site, kind, case_id, updated_at, gone_at, log_offset, log_time, phones)
            SELECT site, kind, case_id, gone_at, gone_at, log_offset, log_time, '{}'
            FROM unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::bigint[], ?::timestamptz[])
                 AS gone (site, kind, case_id, gone_at, log_offset, log_time)
            ON CONFLICT (site, kind, case_id) DO UPDATE
            SET gone_at = greatest(file.gone_at, file.updated_at, EXCLUDED.gone_at), phones = '{}', numbers = '{}',
                log_offset = EXCLUDED.log_offset, log_time = EXCLUDED.log_time
            WHERE EXCLUDED.log_offset > file.log_offset OR (? AND EXCLUDED.log_time > file.log_time)
            RETURNING site, kind, case_id, old.numbers
            """;

    private static final String REPLACE_OLDER = """
            INSERT INTO case_file AS file
                   (site, kind, case_id, opened_at, intake_at, closed_at, updated_at, log_offset, log_time, phones,
                    numbers)
            SELECT site, kind, case_id, opened_at, intake_at, closed_at, updated_at, log_offset, log_time, phones,
                   coalesce(string_to_array(numbers, ' '), '{}')
            FROM unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[],
                        ?::timestamptz[], ?::bigint[], ?::timestamptz[], ?::jsonb[], ?::text[])
                 AS snapshot (site, kind, case_id, opened_at, intake_at, closed_at, updated_at, log_offset, log_time,
                              phones, numbers)
            ON CONFLICT (site, kind, case_id) DO UPDATE
            SET opened_at = EXCLUDED.opened_at, intake_at = EXCLUDED.intake_at, closed_at = EXCLUDED.closed_at,
                updated_at = EXCLUDED.updated_at, gone_at = NULL, phones = EXCLUDED.phones, numbers = EXCLUDED.numbers,
                log_offset = EXCLUDED.log_offset, log_time = EXCLUDED.log_time
            WHERE EXCLUDED.updated_at >= file.updated_at
              AND (file.gone_at IS NULL OR EXCLUDED.updated_at > file.gone_at)
            RETURNING site, kind, case_id, old.numbers
            """;

    private final JdbcTemplate jdbc;

    CaseFiles(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A case as the upstream tells of it, with the numbers it can be found by. */
    record Snapshot(CaseChanged changed, Origin toldBy, List<CaseNumber> numbers) {

        CaseKey key() {
            return CaseKey.of(changed);
        }
    }

    /** A case that was changed, with the numbers it could be found by until now. */
    record Outdated(CaseKey key, List<CaseNumber> numbers) {

        Outdated without(List<CaseNumber> kept) {
            return numbers.isEmpty()
                    ? this
                    : new Outdated(
                            key,
                            numbers.stream()
                                    .filter(number -> !kept.contains(number))
                                    .toList());
        }
    }

    /**
     * Marks cases as gone; only the ones that were not marked by this tombstone before are returned.
     *
     * @param again whether the log is read once more from its beginning: then only the offset counts
     */
    List<Outdated> markGone(Collection<CaseChange> gone, boolean again) {
        return gone.isEmpty()
                ? List.of()
                : jdbc.query(
                        MARK_GONE,
                        CaseFiles::outdated,
                        Columns.of(gone, change -> change.key().site()),
                        Columns.of(gone, change -> change.key().ref().kind()),
                        Columns.of(gone, change -> change.key().ref().id()),
                        Columns.of(gone, CaseChange::goneAt),
                        Columns.of(
                                gone,
                                change -> change.goneBy() == null
                                        ? null
                                        : change.goneBy().offset()),
                        Columns.of(
                                gone,
                                change -> change.goneBy() == null
                                        ? null
                                        : change.goneBy().time()),
                        !again);
    }

    /** Takes over what is not older than what is there; only the cases that changed are returned. */
    List<Outdated> replaceOlder(Collection<Snapshot> snapshots) {
        return snapshots.isEmpty()
                ? List.of()
                : jdbc.query(
                        REPLACE_OLDER,
                        CaseFiles::outdated,
                        Columns.of(snapshots, one -> one.key().site()),
                        Columns.of(snapshots, one -> one.key().ref().kind()),
                        Columns.of(snapshots, one -> one.key().ref().id()),
                        Columns.of(snapshots, one -> one.changed().openedAt()),
                        Columns.of(snapshots, one -> one.changed().intakeAt()),
                        Columns.of(snapshots, one -> one.changed().closedAt()),
                        Columns.of(snapshots, one -> one.changed().updatedAt()),
                        Columns.of(snapshots, one -> one.toldBy().offset()),
                        Columns.of(snapshots, one -> one.toldBy().time()),
                        Columns.json(snapshots, one -> one.changed().phones()),
                        Columns.of(
                                snapshots,
                                one -> String.join(
                                        " ",
                                        one.numbers().stream()
                                                .map(CaseNumber::toString)
                                                .toList())));
    }

    private static Outdated outdated(ResultSet row, int number) throws SQLException {
        CaseRef ref = new CaseRef(CaseRef.Kind.valueOf(row.getString("kind")), row.getString("case_id"));
        Array before = row.getArray("numbers");
        List<CaseNumber> numbers = before == null
                ? List.of()
                : Stream.of((String[]) before.getArray()).map(CaseNumber::parse).toList();
        return new Outdated(new CaseKey(row.getString("site"), ref), numbers);
    }
}

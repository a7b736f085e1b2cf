package org.casewire.routing.document;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.casewire.events.outbox.Outbox;
import org.casewire.events.outbox.Outbox.Outgoing;
import org.casewire.events.rows.Columns;
import org.casewire.events.transport.TraceParent;
import org.casewire.routing.document.ReceivedFile.State;
import org.casewire.routing.document.RemovalTable.Removal;
import org.casewire.routing.document.Stored.Content;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The files still to be fetched: taken by one instance at a time, and settled. */
@Repository
class Jobs {

    private static final String CLAIM = """
            WITH due AS MATERIALIZED (
                SELECT site, sid, number FROM document
                WHERE state = 'PENDING' AND next_attempt <= ?::timestamptz
                ORDER BY next_attempt
                LIMIT ?
                FOR UPDATE SKIP LOCKED)
            UPDATE document
            SET attempts = attempts + 1, next_attempt = ?::timestamptz, tried_since = coalesce(tried_since, ?::timestamptz)
            FROM due
            WHERE document.site = due.site AND document.sid = due.sid AND document.number = due.number
            RETURNING document.*
            """;

    private static final String STORE = """
            UPDATE document
            SET state = 'STORED', reason = NULL, detail = NULL, settled_at = ?::timestamptz,
                content_type = ?, bytes = ?, sha256 = ?
            WHERE site = ? AND sid = ? AND number = ? AND state = 'PENDING'
            RETURNING *
            """;

    private static final String GIVE_UP = """
            UPDATE document SET state = ?, reason = ?, detail = ?, settled_at = ?::timestamptz
            WHERE site = ? AND sid = ? AND number = ? AND state = 'PENDING' AND attempts = ?
            """;

    private static final String TRY_AGAIN = """
            UPDATE document SET next_attempt = ?::timestamptz, reason = ?, detail = ?, failing_since = ?::timestamptz
            WHERE site = ? AND sid = ? AND number = ? AND state = 'PENDING' AND attempts = ?
            """;

    private static final String IS_STORED = """
            SELECT count(*) FROM document WHERE site = ? AND sid = ? AND number = ? AND state = 'STORED'
            """;

    private static final String WAITING = """
            SELECT count(*) AS files, extract(epoch FROM ?::timestamptz - min(expected_at)) AS oldest
            FROM document WHERE state = 'PENDING'
            """;

    private final JdbcTemplate jdbc;
    private final Outbox outbox;
    private final RemovalTable removals;
    private final DocumentProperties settings;

    Jobs(JdbcTemplate jdbc, Outbox outbox, RemovalTable removals, DocumentProperties settings) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.removals = removals;
        this.settings = settings;
    }

    /** Takes files that are due; nobody else gets them before the lease ends. */
    List<Job> claim(int most, Instant now) {
        return jdbc.query(
                CLAIM,
                Jobs::job,
                now.toString(),
                most,
                now.plus(settings.lease()).toString(),
                now.toString());
    }

    private static Job job(ResultSet row, int number) throws SQLException {
        String reason = row.getString("reason");
        return new Job(
                row.getString("site"),
                row.getString("sid"),
                row.getInt("number"),
                row.getObject("document_id", UUID.class),
                row.getString("url"),
                row.getString("declared_type"),
                row.getString("account"),
                row.getString("object_key"),
                row.getInt("attempts"),
                Columns.time(row, "tried_since"),
                Columns.timeOrNull(row, "failing_since"),
                reason == null ? null : Reason.valueOf(reason),
                row.getString("trace_parent"));
    }

    /** The file is in the store: tells of it, unless its text was erased meanwhile. */
    @Transactional
    public boolean store(Job job, Content content, Instant now) {
        Optional<Stored> stored = jdbc
                .query(
                        STORE,
                        (row, number) -> DocumentTable.stored(row),
                        now.toString(),
                        content.type(),
                        content.bytes(),
                        content.sha256(),
                        job.site(),
                        job.sid(),
                        job.number())
                .stream()
                .findFirst()
                .flatMap(row -> row);
        if (stored.isEmpty()) {
            removeUnlessStored(job, now);
            return false;
        }
        String trace = TraceParent.carriedOrNew(Optional.ofNullable(job.traceParent()));
        outbox.append(List.of(new Outgoing(stored.get().told(), trace)));
        if (settings.deleteAtTwilio()) {
            removals.removeAtTwilio(job, now);
        }
        return true;
    }

    private void removeUnlessStored(Job job, Instant now) {
        Integer stored = jdbc.queryForObject(IS_STORED, Integer.class, job.site(), job.sid(), job.number());
        if (stored == null || stored == 0) {
            removals.remove(List.of(new Removal(job.objectKey(), now)), now);
        }
    }

    /** The file does not come; an earlier try may have left it in the store. */
    @Transactional
    public void giveUp(Job job, State state, Reason reason, String detail, Instant now) {
        int settled = jdbc.update(
                GIVE_UP,
                state.name(),
                reason.name(),
                detail,
                now.toString(),
                job.site(),
                job.sid(),
                job.number(),
                job.attempts());
        if (settled > 0 && job.attempts() > 1) {
            removals.remove(List.of(new Removal(job.objectKey(), now.plus(settings.lease()))), now);
        }
    }

    void tryAgain(Job job, Outcome.NotNow failure, Instant next, Instant failingSince) {
        jdbc.update(
                TRY_AGAIN,
                next.toString(),
                failure.reason().name(),
                failure.detail(),
                failingSince.toString(),
                job.site(),
                job.sid(),
                job.number(),
                job.attempts());
    }

    /** How many files are to be fetched, and for how long the oldest of them. */
    record Waiting(long files, Duration oldest) {}

    Waiting waiting(Instant now) {
        return jdbc.query(
                        WAITING,
                        (row, number) -> new Waiting(
                                row.getLong("files"), Duration.ofMillis((long) (1000 * row.getDouble("oldest")))),
                        now.toString())
                .getFirst();
    }
}

package org.casewire.outbound.dispatch;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.casewire.outbound.message.MessageKey;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Takes parts out of the line, several instances side by side. */
@Repository
class Line {

    /**
     * Claims what is due and journals the attempts, in one statement and so in one commit. Only the oldest unfinished
     * part of a conversation and lane may be claimed: while an earlier one waits or is out, the later ones stay. What
     * somebody else has locked is skipped, so that a claim never waits and never deadlocks.
     */
    private static final String CLAIM = """
            WITH due AS (
                SELECT p.site, p.message_id, p.part
                FROM part p JOIN message m USING (site, message_id)
                WHERE p.status IN ('SCHEDULED', 'HELD', 'WAITING')
                  AND p.due_at <= ?
                  AND (p.expires_at IS NULL OR p.expires_at > ?)
                  AND p.site = ANY (?)
                  AND NOT EXISTS (
                      SELECT FROM part earlier
                      WHERE earlier.site = p.site AND earlier.contact = p.contact AND earlier.lane = p.lane
                        AND earlier.status IN ('SCHEDULED', 'HELD', 'WAITING', 'SENDING', 'IN_DOUBT')
                        AND ((earlier.line_at, earlier.seq) < (p.line_at, p.seq)
                             OR earlier.status IN ('SENDING', 'IN_DOUBT')))
                ORDER BY p.lane, p.due_at, p.seq
                LIMIT ?
                FOR UPDATE OF p, m SKIP LOCKED),
            claimed AS (
                UPDATE part
                SET status = 'SENDING', attempt = gen_random_uuid(), attempts = attempts + 1, lease_until = ?,
                    updated_at = ?
                FROM due
                WHERE part.site = due.site AND part.message_id = due.message_id AND part.part = due.part
                RETURNING part.*),
            journal AS (
                INSERT INTO attempt (attempt, site, message_id, part, started_at)
                SELECT attempt, site, message_id, part, updated_at FROM claimed),
            moved AS (
                UPDATE message
                SET status = 'SENDING', hold_reason = NULL
                FROM claimed
                WHERE message.site = claimed.site AND message.message_id = claimed.message_id
                  AND message.parts = claimed.part)
            SELECT c.site, c.message_id, c.part, c.attempt, c.attempts, c.contact, c.body, c.media_url, c.expires_at,
                   m.sender
            FROM claimed c JOIN message m USING (site, message_id)
            ORDER BY c.lane, c.due_at, c.seq
            """;

    private static final String LEASES_ENDED = """
            SELECT site, message_id, part, attempt FROM part
            WHERE status IN ('SENDING', 'IN_DOUBT') AND lease_until <= ?
            ORDER BY lease_until LIMIT ?
            """;

    private static final String WITHOUT_CREDENTIALS = """
            SELECT site, message_id, part, attempt FROM part
            WHERE status IN ('SCHEDULED', 'HELD', 'WAITING') AND due_at <= ? AND NOT site = ANY (?)
            ORDER BY lane, due_at, seq LIMIT ?
            """;

    private static final String EXPIRED = """
            SELECT site, message_id, part, attempt FROM part
            WHERE status IN ('SCHEDULED', 'HELD', 'WAITING') AND expires_at <= ?
            ORDER BY expires_at LIMIT ?
            """;

    private static final int SWEEP = 500;

    private final JdbcTemplate jdbc;

    Line(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A part whose attempt is journalled and which is now to be sent. */
    record Claimed(
            MessageKey message,
            int part,
            UUID attempt,
            int attempts,
            String to,
            String sender,
            @Nullable String body,
            @Nullable String mediaUrl,
            @Nullable Instant expiresAt) {}

    /** A part that stands in line. */
    record Standing(MessageKey message, int part, @Nullable UUID attempt) {}

    List<Claimed> claim(Collection<String> sites, int most, Instant now, Instant leaseUntil) {
        Timestamp at = Timestamp.from(now);
        return jdbc.query(
                CLAIM,
                (row, number) -> claimed(row),
                at,
                at,
                sites.toArray(String[]::new),
                most,
                Timestamp.from(leaseUntil),
                at);
    }

    private static Claimed claimed(ResultSet row) throws SQLException {
        Timestamp expiresAt = row.getTimestamp("expires_at");
        return new Claimed(
                new MessageKey(row.getString("site"), row.getObject("message_id", UUID.class)),
                row.getInt("part"),
                row.getObject("attempt", UUID.class),
                row.getInt("attempts"),
                row.getString("contact"),
                row.getString("sender"),
                row.getString("body"),
                row.getString("media_url"),
                expiresAt == null ? null : expiresAt.toInstant());
    }

    /** Attempts that nobody reported on in time: whoever made them died, or Twilio never told. */
    List<Standing> leasesEnded(Instant now) {
        return jdbc.query(LEASES_ENDED, (row, number) -> standing(row), Timestamp.from(now), SWEEP);
    }

    /** Parts that are due on sites whose account is not known. */
    List<Standing> withoutCredentials(Collection<String> sitesWith, Instant now) {
        return jdbc.query(
                WITHOUT_CREDENTIALS,
                (row, number) -> standing(row),
                Timestamp.from(now),
                sitesWith.toArray(String[]::new),
                SWEEP);
    }

    /** Parts whose use has passed. */
    List<Standing> expired(Instant now) {
        return jdbc.query(EXPIRED, (row, number) -> standing(row), Timestamp.from(now), SWEEP);
    }

    private static Standing standing(ResultSet row) throws SQLException {
        return new Standing(
                new MessageKey(row.getString("site"), row.getObject("message_id", UUID.class)),
                row.getInt("part"),
                row.getObject("attempt", UUID.class));
    }
}

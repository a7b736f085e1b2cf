package org.casewire.outbound.dispatch;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.casewire.events.Conversation;
import org.casewire.events.Purpose;
import org.casewire.events.SendRequested.Audience;
import org.casewire.events.rows.Columns;
import org.casewire.outbound.gate.Candidate;
import org.casewire.outbound.message.MessageKey;
import org.casewire.outbound.sender.SenderKey;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Repository;

/** Takes parts out of the line, several instances side by side. */
@Repository
class Line {

    /** The senders in whose lines something waits: found by jumping from one to the next, whatever waits behind. */
    private static final String LINES = """
            WITH RECURSIVE line AS (
                (SELECT site, sender FROM part WHERE status = 'WAITING' ORDER BY site, sender LIMIT 1)
                UNION ALL
                SELECT next.site, next.sender
                FROM line CROSS JOIN LATERAL (
                    SELECT site, sender FROM part
                    WHERE status = 'WAITING' AND (site, sender) > (line.site, line.sender)
                    ORDER BY site, sender LIMIT 1) next)
            """;

    /**
     * The senders that may send: something is in their line, their rate allows it and nothing holds them. Their rows
     * stay locked until the claim commits; one that another instance claims from is skipped.
     */
    private static final String LOCK_READY = LINES + """
            SELECT s.site, s.sender, s.free_at, s.slow_until
            FROM line JOIN sender s USING (site, sender)
            WHERE s.free_at <= ? AND s.paused_at IS NULL AND (s.hold_until IS NULL OR s.hold_until <= ?)
              AND NOT EXISTS (SELECT FROM site_pause WHERE site_pause.site = s.site)
            FOR UPDATE OF s SKIP LOCKED
            """;

    /**
     * Claims what is due, journals the attempts and charges the senders' rates, in one statement and so in one commit.
     *
     * <p>Only the oldest unfinished part of a conversation and lane may be claimed. While a message of several parts
     * leaves, nothing else for that person goes in between; and while an attempt is out, no other part goes that
     * Twilio's list could not tell from it. What somebody else has locked is skipped: a claim never waits.
     *
     * <p>A sender's first part is always within its rate, the next ones as far as the time since free_at covers them.
     * The senders take turns, and so do the accounts.
     *
     * <p>{@code OFFSET 0} keeps each of the questions one look into an index for each part: as joins they are planned by
     * what the indexes held at the last count, which for the short-lived ones is nothing.
     */
    private static final String CLAIM = """
            WITH ready AS (
                SELECT * FROM unnest(?::text[], ?::text[], ?::float8[], ?::timestamptz[], ?::int[], ?::text[], ?::int[])
                     AS r (site, sender, rate, free_at, most, account, account_free)),
            candidate AS (
                SELECT r.rate, r.free_at, r.account, r.account_free, c.*,
                       row_number() OVER turn AS place,
                       sum(c.segments) OVER turn - c.segments AS before
                FROM ready r CROSS JOIN LATERAL (
                    SELECT p.site, p.message_id, p.part, p.sender, p.lane, p.due_at, p.seq, p.segments
                    FROM part p
                    WHERE p.site = r.site AND p.sender = r.sender AND p.status = 'WAITING' AND p.due_at <= ?
                      AND (p.expires_at IS NULL OR p.expires_at > ?)
                      AND p.lane || '|' || p.site || '|' || p.contact <> ALL (?::text[])
                      AND NOT (
                          EXISTS (
                              SELECT FROM part earlier
                              WHERE earlier.site = p.site AND earlier.contact = p.contact AND earlier.lane = p.lane
                                AND earlier.status IN ('SCHEDULED', 'HELD', 'WAITING', 'SENDING', 'IN_DOUBT')
                                AND (earlier.line_at, earlier.seq) < (p.line_at, p.seq)
                              OFFSET 0)
                          OR EXISTS (
                              SELECT FROM part away
                              WHERE away.site = p.site AND away.contact = p.contact
                                AND away.status IN ('SENDING', 'IN_DOUBT')
                                AND (away.lane = p.lane
                                     OR (away.sender = p.sender AND away.body IS NOT DISTINCT FROM p.body
                                         AND away.media_url IS NOT DISTINCT FROM p.media_url))
                              OFFSET 0)
                          OR EXISTS (
                              SELECT FROM part begun
                              WHERE begun.site = p.site AND begun.contact = p.contact AND begun.begun
                                AND begun.status IN ('SCHEDULED', 'HELD', 'WAITING', 'SENDING', 'IN_DOUBT')
                                AND begun.message_id <> p.message_id
                              OFFSET 0))
                    ORDER BY p.lane, p.due_at, p.seq
                    LIMIT r.most
                    FOR UPDATE SKIP LOCKED) c
                WINDOW turn AS (PARTITION BY c.site, c.sender ORDER BY c.lane, c.due_at, c.seq)),
            allowed AS (
                SELECT *, row_number() OVER (PARTITION BY account ORDER BY place, lane, due_at, seq) AS of_account
                FROM candidate
                WHERE free_at + before / rate * interval '1 second' <= ?),
            chosen AS (
                SELECT site, message_id, part FROM allowed
                WHERE of_account <= account_free
                ORDER BY place, lane, due_at, seq
                LIMIT ?),
            claimed AS (
                UPDATE part
                SET status = 'SENDING', attempt = gen_random_uuid(), attempts = attempts + 1, attempt_at = ?,
                    lease_until = ?, updated_at = ?
                FROM chosen
                WHERE part.site = chosen.site AND part.message_id = chosen.message_id AND part.part = chosen.part
                RETURNING part.*),
            charged AS (
                UPDATE sender SET free_at = ready.free_at + spent.segments / ready.rate * interval '1 second'
                FROM ready
                JOIN (SELECT site, sender, sum(segments) AS segments FROM claimed GROUP BY 1, 2) spent
                     USING (site, sender)
                WHERE sender.site = ready.site AND sender.sender = ready.sender),
            begun AS (
                UPDATE part SET begun = true
                FROM claimed
                WHERE claimed.part = 1 AND claimed.parts > 1
                  AND part.site = claimed.site AND part.message_id = claimed.message_id AND part.part > 1)
            SELECT c.site, c.message_id, c.part, c.attempt, c.attempts, c.lane, c.contact, c.sender, c.body, c.media_url,
                   c.expires_at, c.begun OR c.part > 1 AS begun, m.purpose, m.audience, m.text_demanded,
                   m.trace_parent
            FROM claimed c JOIN message m USING (site, message_id)
            ORDER BY c.lane, c.due_at, c.seq
            """;

    private static final String STANDING = """
            SELECT p.site, p.message_id, p.part, p.attempt, p.contact, p.sender, p.begun, m.purpose, m.audience,
                   m.text_demanded
            FROM part p JOIN message m USING (site, message_id)
            """;

    private static final String LEASES_ENDED = STANDING + "WHERE p.status = 'SENDING' AND p.lease_until <= ? LIMIT ?";

    /** Message before part, as everybody locks who locks both. */
    private static final String DUE = STANDING + """
            WHERE p.status IN ('SCHEDULED', 'HELD') AND p.due_at <= ?
            ORDER BY p.due_at LIMIT ?
            FOR UPDATE OF m, p SKIP LOCKED
            """;

    private static final String WAITING_FOR = STANDING + """
            WHERE p.status = 'WAITING' AND p.site = ? AND p.sender = ? AND p.due_at <= ?
            ORDER BY p.lane, p.due_at, p.seq LIMIT ?
            FOR UPDATE OF m, p SKIP LOCKED
            """;

    private static final String EXPIRED = STANDING + """
            WHERE p.status IN ('SCHEDULED', 'HELD', 'WAITING') AND p.expires_at <= ?
            ORDER BY p.expires_at LIMIT ?
            """;

    private static final String TAKE_DOUBTS = """
            WITH doubt AS (
                SELECT site, message_id, part FROM part
                WHERE status = 'IN_DOUBT' AND lease_until <= ?
                ORDER BY lease_until LIMIT ?
                FOR UPDATE SKIP LOCKED)
            UPDATE part SET lease_until = ?
            FROM doubt, message m
            WHERE part.site = doubt.site AND part.message_id = doubt.message_id AND part.part = doubt.part
              AND m.site = doubt.site AND m.message_id = doubt.message_id
            RETURNING part.site, part.message_id, part.part, part.attempt, part.attempt_at, part.contact, part.sender,
                      part.body, part.media_url, part.expires_at, m.purpose
            """;

    private static final String DOUBT_OF = """
            SELECT part.site, part.message_id, part.part, part.attempt, part.attempt_at, part.contact, part.sender,
                   part.body, part.media_url, part.expires_at, m.purpose
            FROM part JOIN message m USING (site, message_id)
            WHERE part.site = ? AND part.message_id = ? AND part.status = 'IN_DOUBT'
            """;

    private static final String RECORDED = """
            SELECT sid FROM part WHERE site = ANY (?) AND sid = ANY (?)
            UNION ALL
            SELECT sid FROM surplus_text WHERE site = ANY (?) AND sid = ANY (?)
            """;

    /** How much of its past a sender may catch up: a claim comes late by the pace of the polls, not by more. */
    private static final Duration CATCH_UP = Duration.ofMillis(250);

    private static final int SWEEP = 1_000;
    private static final int DOUBTS = 200;

    private final JdbcTemplate jdbc;

    Line(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What one sender may take.
     *
     * @param ratePerSecond segments a second
     * @param accountFree how many more calls its account bears now
     */
    record Allowance(double ratePerSecond, String account, int accountFree) {}

    /**
     * A part whose attempt is journalled and which is now to be sent.
     *
     * @param begun whether other parts of its message have left
     * @param leaseUntil until when it may be called: later, others may have taken it up
     * @param traceParent the trace of the request
     */
    record Claimed(
            MessageKey message,
            int part,
            UUID attempt,
            int attempts,
            int lane,
            String to,
            String sender,
            @Nullable String body,
            @Nullable String mediaUrl,
            @Nullable Instant expiresAt,
            Candidate candidate,
            boolean begun,
            Instant leaseUntil,
            String traceParent) {

        /** A person's line in a lane: one part of it goes at a time. */
        String line() {
            return lane + "|" + message.site() + "|" + to;
        }
    }

    /**
     * A part that stands in line.
     *
     * @param begun whether other parts of its message have left
     */
    record Standing(MessageKey message, int part, @Nullable UUID attempt, Candidate candidate, boolean begun) {}

    /** An attempt of which nobody knows whether Twilio took it. */
    record Doubt(
            MessageKey message,
            int part,
            UUID attempt,
            Instant attemptAt,
            String to,
            String sender,
            @Nullable String body,
            @Nullable String mediaUrl,
            @Nullable Instant expiresAt,
            Purpose purpose) {}

    private record Ready(SenderKey sender, Instant freeAt, boolean slow, Allowance allowance) {

        double rate() {
            return slow ? allowance.ratePerSecond() / 2 : allowance.ratePerSecond();
        }
    }

    /**
     * Claims at most so many parts, sender by sender as far as its allowance goes; inside a transaction, which keeps
     * the senders' rows locked until it ends.
     *
     * @param allowances of the senders that may be claimed from
     * @param busy lines that are passed over at once, by {@link Claimed#line()}
     */
    List<Claimed> claim(
            Map<SenderKey, Allowance> allowances, Collection<String> busy, int most, Instant now, Instant leaseUntil) {
        List<Ready> ready = lockReady(allowances, now);
        if (ready.isEmpty()) {
            return List.of();
        }
        int each = Math.max(1, (most + ready.size() - 1) / ready.size());
        Timestamp at = Timestamp.from(now);
        return jdbc.query(
                CLAIM,
                (row, number) -> claimed(row, leaseUntil),
                Columns.of(ready, one -> one.sender().site()),
                Columns.of(ready, one -> one.sender().sender()),
                Columns.of(ready, Ready::rate),
                Columns.of(ready, Ready::freeAt),
                Columns.of(ready, one -> Math.min(each, one.allowance().accountFree())),
                Columns.of(ready, one -> one.allowance().account()),
                Columns.of(ready, one -> one.allowance().accountFree()),
                at,
                at,
                busy.toArray(String[]::new),
                at,
                most,
                at,
                Timestamp.from(leaseUntil),
                at);
    }

    private List<Ready> lockReady(Map<SenderKey, Allowance> allowances, Instant now) {
        Timestamp at = Timestamp.from(now);
        Instant earliest = now.minus(CATCH_UP);
        List<Ready> ready = new ArrayList<>();
        RowCallbackHandler collect = row -> {
            SenderKey sender = new SenderKey(row.getString("site"), row.getString("sender"));
            Allowance allowance = allowances.get(sender);
            if (allowance != null && allowance.accountFree() > 0) {
                Instant freeAt = Columns.time(row, "free_at");
                Instant slowUntil = Columns.timeOrNull(row, "slow_until");
                ready.add(new Ready(
                        sender,
                        freeAt.isBefore(earliest) ? earliest : freeAt,
                        slowUntil != null && slowUntil.isAfter(now),
                        allowance));
            }
        };
        jdbc.query(LOCK_READY, collect, at, at);
        return ready;
    }

    private static Claimed claimed(ResultSet row, Instant leaseUntil) throws SQLException {
        return new Claimed(
                new MessageKey(row.getString("site"), row.getObject("message_id", UUID.class)),
                row.getInt("part"),
                row.getObject("attempt", UUID.class),
                row.getInt("attempts"),
                row.getInt("lane"),
                row.getString("contact"),
                row.getString("sender"),
                row.getString("body"),
                row.getString("media_url"),
                Columns.timeOrNull(row, "expires_at"),
                candidate(row),
                row.getBoolean("begun"),
                leaseUntil,
                row.getString("trace_parent"));
    }

    /** Attempts that nobody reported on in time: whoever made them died. */
    List<Standing> leasesEnded(Instant now) {
        return jdbc.query(LEASES_ENDED, (row, number) -> standing(row), Timestamp.from(now), SWEEP);
    }

    /** Parts whose time has come; locked until the transaction ends, and skipped where another instance has them. */
    List<Standing> due(Instant now) {
        return jdbc.query(DUE, (row, number) -> standing(row), Timestamp.from(now), SWEEP);
    }

    /** The senders in whose lines something waits. */
    List<SenderKey> lines() {
        return jdbc.query(
                LINES + "SELECT site, sender FROM line",
                (row, number) -> new SenderKey(row.getString("site"), row.getString("sender")));
    }

    /** What waits in a sender's line; locked as in {@link #due}. */
    List<Standing> waitingFor(SenderKey sender, Instant now) {
        return jdbc.query(
                WAITING_FOR,
                (row, number) -> standing(row),
                sender.site(),
                sender.sender(),
                Timestamp.from(now),
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
                row.getObject("attempt", UUID.class),
                candidate(row),
                row.getBoolean("begun"));
    }

    private static Candidate candidate(ResultSet row) throws SQLException {
        return new Candidate(
                new Conversation(row.getString("site"), row.getString("contact")),
                row.getString("sender"),
                Purpose.valueOf(row.getString("purpose")),
                Audience.valueOf(row.getString("audience")),
                row.getBoolean("text_demanded"));
    }

    /** Attempts in doubt that Twilio is to be asked about now; put off at once, so that no other instance asks too. */
    List<Doubt> takeDoubts(Instant now, Instant again) {
        return jdbc.query(TAKE_DOUBTS, (row, number) -> doubt(row), Timestamp.from(now), DOUBTS, Timestamp.from(again));
    }

    /** The attempt of a message that is in doubt. */
    Optional<Doubt> doubtOf(MessageKey message) {
        return jdbc.query(DOUBT_OF, (row, number) -> doubt(row), message.site(), message.messageId()).stream()
                .findFirst();
    }

    private static Doubt doubt(ResultSet row) throws SQLException {
        return new Doubt(
                new MessageKey(row.getString("site"), row.getObject("message_id", UUID.class)),
                row.getInt("part"),
                row.getObject("attempt", UUID.class),
                Columns.time(row, "attempt_at"),
                row.getString("contact"),
                row.getString("sender"),
                row.getString("body"),
                row.getString("media_url"),
                Columns.timeOrNull(row, "expires_at"),
                Purpose.valueOf(row.getString("purpose")));
    }

    /** Those of the SIDs that are some text's already. */
    Set<String> recorded(Collection<String> sites, Collection<String> sids) {
        String[] of = sites.toArray(String[]::new);
        String[] which = sids.toArray(String[]::new);
        return Set.copyOf(jdbc.queryForList(RECORDED, String.class, of, which, of, which));
    }
}

package org.casewire.outbound.sender;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.casewire.events.rows.Columns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Repository;

/** Owns the tables of senders: what stops or slows them, and the error codes of their texts. */
@Repository
public class Senders {

    private static final String ENSURE = """
            INSERT INTO sender (site, sender, free_at)
            SELECT site, sender, '2000-01-01' FROM unnest(?::text[], ?::text[]) AS n (site, sender)
            ON CONFLICT DO NOTHING
            """;

    private static final String BLOCKED = """
            SELECT site, sender, paused_at, hold_until FROM sender
            WHERE paused_at IS NOT NULL OR hold_until > ?
            """;

    private static final String PAUSED_SITES = "SELECT site FROM site_pause";

    private static final String HOLD = """
            UPDATE sender
            SET holds = again.holds, hold_until = ?::timestamptz + ?::interval * power(2, again.holds), hold_code = ?
            FROM (SELECT site, sender,
                         CASE WHEN hold_until > ?::timestamptz - interval '1 hour' THEN least(holds + 1, 5)
                              ELSE 0 END AS holds
                  FROM sender
                  WHERE site = ? AND (?::text IS NULL OR sender = ?)
                    AND (hold_until IS NULL OR hold_until <= ?)) again
            WHERE sender.site = again.site AND sender.sender = again.sender
            """;

    private static final String HELD_UNTIL =
            "SELECT max(hold_until) FROM sender WHERE site = ? AND (?::text IS NULL OR sender = ?)";

    private static final String HOLD_UNTIL = """
            UPDATE sender SET hold_until = greatest(hold_until, ?), hold_code = ? WHERE site = ? AND sender = ?
            """;

    private static final String SLOW = "UPDATE sender SET slow_until = ? WHERE site = ? AND sender = ?";

    private static final String COUNT = """
            INSERT INTO sender_error (site, sender, hour, code, count, last_at)
            SELECT site, sender, date_trunc('hour', at), code, count(*), max(at)
            FROM unnest(?::text[], ?::text[], ?::int[], ?::timestamptz[]) AS n (site, sender, code, at)
            GROUP BY 1, 2, 3, 4
            ORDER BY 1, 2, 3, 4
            ON CONFLICT (site, sender, hour, code)
            DO UPDATE SET count = sender_error.count + excluded.count,
                          last_at = greatest(sender_error.last_at, excluded.last_at)
            """;

    private static final String PAUSE = """
            INSERT INTO sender (site, sender, free_at, paused_by, paused_at) VALUES (?, ?, '2000-01-01', ?, ?)
            ON CONFLICT (site, sender) DO UPDATE
            SET paused_by = coalesce(sender.paused_by, excluded.paused_by),
                paused_at = coalesce(sender.paused_at, excluded.paused_at)
            """;

    private static final String GO_ON =
            "UPDATE sender SET paused_by = NULL, paused_at = NULL, hold_until = NULL, hold_code = NULL, holds = 0 WHERE site = ? AND sender = ?";

    private static final String PAUSE_SITE =
            "INSERT INTO site_pause (site, paused_by, paused_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";

    private static final String GO_ON_SITE = "DELETE FROM site_pause WHERE site = ?";

    private static final String OVERVIEW = """
            SELECT n.sender, s.paused_by, s.paused_at, s.hold_until, s.hold_code, s.slow_until,
                   line.texts, line.segments, line.oldest, coming.scheduled, coming.held
            FROM unnest(?::text[]) WITH ORDINALITY AS n (sender, place)
            LEFT JOIN sender s ON s.site = ? AND s.sender = n.sender
            CROSS JOIN LATERAL (
                SELECT count(*) AS texts, coalesce(sum(p.segments), 0) AS segments, min(p.line_at) AS oldest
                FROM part p WHERE p.site = ? AND p.sender = n.sender AND p.status = 'WAITING') line
            CROSS JOIN LATERAL (
                SELECT count(*) FILTER (WHERE p.status = 'SCHEDULED') AS scheduled,
                       count(*) FILTER (WHERE p.status = 'HELD') AS held
                FROM part p WHERE p.site = ? AND p.sender = n.sender AND p.status IN ('SCHEDULED', 'HELD')) coming
            ORDER BY n.place
            """;

    private static final String ERRORS = """
            SELECT sender, code, sum(count) AS count, max(last_at) AS last_at FROM sender_error
            WHERE site = ? AND hour >= ?
            GROUP BY sender, code ORDER BY sender, count DESC, code
            """;

    private static final String SITE_PAUSE = "SELECT paused_by, paused_at FROM site_pause WHERE site = ?";

    private final JdbcTemplate jdbc;

    Senders(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What may not send at this moment.
     *
     * @param held senders on hold, with the end of it
     */
    public record Blocks(Set<String> sites, Set<SenderKey> paused, Map<SenderKey, Instant> held) {}

    /** Makes sure that every sender has its row. */
    public void ensure(Collection<SenderKey> senders) {
        jdbc.update(ENSURE, Columns.of(senders, SenderKey::site), Columns.of(senders, SenderKey::sender));
    }

    /** What is paused or on hold. */
    public Blocks blocks(Instant now) {
        Set<SenderKey> paused = new HashSet<>();
        Map<SenderKey, Instant> held = new HashMap<>();
        RowCallbackHandler collect = row -> {
            SenderKey sender = key(row);
            Timestamp until = row.getTimestamp("hold_until");
            if (row.getTimestamp("paused_at") != null) {
                paused.add(sender);
            } else if (until != null) {
                held.put(sender, until.toInstant());
            }
        };
        jdbc.query(BLOCKED, collect, Timestamp.from(now));
        return new Blocks(Set.copyOf(jdbc.queryForList(PAUSED_SITES, String.class)), paused, held);
    }

    private static SenderKey key(ResultSet row) throws SQLException {
        return new SenderKey(row.getString("site"), row.getString("sender"));
    }

    /**
     * Puts a sender, or all of a site's, on hold; again and again it takes longer each time, up to 32 times as long.
     *
     * @param sender null for all of the site's
     * @return the end of the hold
     */
    public Instant hold(String site, @Nullable String sender, Duration first, @Nullable Integer code, Instant now) {
        Timestamp at = Timestamp.from(now);
        jdbc.update(HOLD, at, first.toMillis() + " milliseconds", code, at, site, sender, sender, at);
        Timestamp until = jdbc.queryForObject(HELD_UNTIL, Timestamp.class, site, sender, sender);
        return until == null ? now.plus(first) : until.toInstant();
    }

    /** Holds a sender until a time of the calendar. */
    void holdUntil(SenderKey sender, Instant until, int code) {
        jdbc.update(HOLD_UNTIL, Timestamp.from(until), code, sender.site(), sender.sender());
    }

    /** Lets a sender use half of its rate until then. */
    void slow(SenderKey sender, Instant until) {
        jdbc.update(SLOW, Timestamp.from(until), sender.site(), sender.sender());
    }

    /** An error code Twilio named of a sender's text. */
    record Named(SenderKey sender, int code, Instant at) {}

    void count(Collection<Named> errors) {
        jdbc.update(
                COUNT,
                Columns.of(errors, error -> error.sender().site()),
                Columns.of(errors, error -> error.sender().sender()),
                Columns.of(errors, Named::code),
                Columns.of(errors, Named::at));
    }

    void pause(SenderKey sender, String by, Instant at) {
        jdbc.update(PAUSE, sender.site(), sender.sender(), by, Timestamp.from(at));
    }

    /** Ends a pause, and a hold with it: whoever says "go on" has mended what was wrong. */
    void goOn(SenderKey sender) {
        jdbc.update(GO_ON, sender.site(), sender.sender());
    }

    void pauseSite(String site, String by, Instant at) {
        jdbc.update(PAUSE_SITE, site, by, Timestamp.from(at));
    }

    void goOnSite(String site) {
        jdbc.update(GO_ON_SITE, site);
    }

    /** A sender's line and what stops it. */
    record Standing(
            String sender,
            @Nullable Pause pause,
            @Nullable Instant holdUntil,
            @Nullable Integer holdCode,
            @Nullable Instant slowUntil,
            long texts,
            long segments,
            @Nullable Instant oldest,
            long scheduled,
            long held) {}

    /** Who stopped something, and when. */
    record Pause(String by, Instant at) {}

    /** How often a code was named lately. */
    record Errors(String sender, int code, long count, Instant lastAt) {}

    List<Standing> overview(String site, List<String> senders) {
        return jdbc.query(OVERVIEW, (row, number) -> standing(row), senders.toArray(String[]::new), site, site, site);
    }

    private static Standing standing(ResultSet row) throws SQLException {
        Instant pausedAt = Columns.timeOrNull(row, "paused_at");
        return new Standing(
                row.getString("sender"),
                pausedAt == null ? null : new Pause(row.getString("paused_by"), pausedAt),
                Columns.timeOrNull(row, "hold_until"),
                row.getObject("hold_code", Integer.class),
                Columns.timeOrNull(row, "slow_until"),
                row.getLong("texts"),
                row.getLong("segments"),
                Columns.timeOrNull(row, "oldest"),
                row.getLong("scheduled"),
                row.getLong("held"));
    }

    List<Errors> errorsSince(String site, Instant since) {
        return jdbc.query(
                ERRORS,
                (row, number) -> new Errors(
                        row.getString("sender"),
                        row.getInt("code"),
                        row.getLong("count"),
                        Columns.time(row, "last_at")),
                site,
                Timestamp.from(since));
    }

    Optional<Pause> sitePause(String site) {
        return jdbc
                .query(
                        SITE_PAUSE,
                        (row, number) -> new Pause(row.getString("paused_by"), Columns.time(row, "paused_at")),
                        site)
                .stream()
                .findFirst();
    }
}

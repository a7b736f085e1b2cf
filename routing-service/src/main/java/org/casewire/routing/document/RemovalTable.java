package org.casewire.routing.document;

import java.time.Instant;
import java.util.List;
import org.casewire.events.rows.Columns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The tables of what is to go: objects from the store, and files at Twilio. */
@Repository
class RemovalTable {

    private static final String ADD = """
            INSERT INTO object_removal (object_key, may_come, next_attempt)
            SELECT object_key, may_come, ?::timestamptz
            FROM unnest(?::text[], ?::timestamptz[]) AS removal (object_key, may_come)
            ON CONFLICT (object_key) DO UPDATE
            SET may_come = greatest(object_removal.may_come, excluded.may_come), next_attempt = excluded.next_attempt
            """;

    private static final String CLAIM = """
            WITH due AS MATERIALIZED (
                SELECT object_key FROM object_removal
                WHERE next_attempt <= ?::timestamptz
                ORDER BY next_attempt
                LIMIT ?
                FOR UPDATE SKIP LOCKED)
            UPDATE object_removal SET attempts = attempts + 1, next_attempt = ?::timestamptz
            FROM due WHERE object_removal.object_key = due.object_key
            RETURNING object_removal.*
            """;

    private static final String ADD_AT_TWILIO = """
            INSERT INTO media_removal (site, url, account, next_attempt, tried_since)
            VALUES (?, ?, ?, ?::timestamptz, ?::timestamptz)
            ON CONFLICT DO NOTHING
            """;

    private static final String CLAIM_AT_TWILIO = """
            WITH due AS MATERIALIZED (
                SELECT site, url FROM media_removal
                WHERE next_attempt <= ?::timestamptz
                ORDER BY next_attempt
                LIMIT ?
                FOR UPDATE SKIP LOCKED)
            UPDATE media_removal SET attempts = attempts + 1, next_attempt = ?::timestamptz
            FROM due WHERE media_removal.site = due.site AND media_removal.url = due.url
            RETURNING media_removal.*
            """;

    private final JdbcTemplate jdbc;

    RemovalTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An object that is to go.
     *
     * @param mayCome until when somebody may still be writing it
     */
    record Removal(String objectKey, Instant mayCome) {}

    /** An object somebody takes out now. */
    record Claimed(String objectKey, Instant mayCome, int attempts) {}

    /** A file that is to go at Twilio, taken by somebody. */
    record AtTwilio(String site, String url, @Nullable String account, Instant triedSince, int attempts) {}

    void remove(List<Removal> objects, Instant now) {
        if (!objects.isEmpty()) {
            jdbc.update(
                    ADD,
                    now.toString(),
                    Columns.of(objects, Removal::objectKey),
                    Columns.of(objects, Removal::mayCome));
        }
    }

    List<Claimed> claim(int most, Instant now, Instant until) {
        return jdbc.query(
                CLAIM,
                (row, number) ->
                        new Claimed(row.getString("object_key"), Columns.time(row, "may_come"), row.getInt("attempts")),
                now.toString(),
                most,
                until.toString());
    }

    void again(Claimed removal, Instant next) {
        jdbc.update(
                "UPDATE object_removal SET next_attempt = ?::timestamptz WHERE object_key = ?",
                next.toString(),
                removal.objectKey());
    }

    void done(Claimed removal) {
        jdbc.update("DELETE FROM object_removal WHERE object_key = ?", removal.objectKey());
    }

    void removeAtTwilio(Job job, Instant now) {
        jdbc.update(ADD_AT_TWILIO, job.site(), job.url(), job.account(), now.toString(), now.toString());
    }

    List<AtTwilio> claimAtTwilio(int most, Instant now, Instant until) {
        return jdbc.query(
                CLAIM_AT_TWILIO,
                (row, number) -> new AtTwilio(
                        row.getString("site"),
                        row.getString("url"),
                        row.getString("account"),
                        Columns.time(row, "tried_since"),
                        row.getInt("attempts")),
                now.toString(),
                most,
                until.toString());
    }

    void again(AtTwilio removal, Instant next) {
        jdbc.update(
                "UPDATE media_removal SET next_attempt = ?::timestamptz WHERE site = ? AND url = ?",
                next.toString(),
                removal.site(),
                removal.url());
    }

    void done(AtTwilio removal) {
        jdbc.update("DELETE FROM media_removal WHERE site = ? AND url = ?", removal.site(), removal.url());
    }
}

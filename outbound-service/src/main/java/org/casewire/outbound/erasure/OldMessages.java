package org.casewire.outbound.erasure;

import java.time.Instant;
import org.casewire.events.retention.OldTexts;
import org.casewire.events.rows.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Messages that are too old to keep their words. One that was asked for long ago and left yesterday is as old as since
 * yesterday, and what has still to leave is not old at all.
 */
@Component
class OldMessages implements OldTexts {

    private static final String FORGET = """
            WITH oldest AS MATERIALIZED
                   (SELECT site, message_id, created_at,
                           %s AND coalesce((SELECT max(CASE WHEN part.sid IS NULL THEN part.updated_at
                                                            ELSE coalesce(part.attempt_at, part.updated_at) END)
                                            FROM part
                                            WHERE part.site = message.site AND part.message_id = message.message_id),
                                           created_at) <= :until::timestamptz AS is_old
                    FROM message
                    WHERE site = :site AND created_at <= :until::timestamptz
                      AND (created_at, message_id) > (:after::timestamptz, :id::uuid) AND %s
                    ORDER BY created_at, message_id
                    LIMIT :most
                    FOR UPDATE SKIP LOCKED),
            over AS (SELECT site, message_id FROM oldest WHERE is_old),
            %s SELECT (SELECT count(*) FROM oldest) AS seen, (SELECT count(*) FROM gone) AS erased,
                      last.created_at, last.message_id
               FROM (SELECT created_at, message_id FROM oldest ORDER BY created_at DESC, message_id DESC LIMIT 1) AS last
            """.formatted(ErasedTexts.OVER, ErasedTexts.WORDED, ErasedTexts.FORGET_OVER);

    private final JdbcClient jdbc;

    OldMessages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String kind() {
        return "messages";
    }

    @Override
    public Slice erase(String site, Instant until, Place after, int most) {
        return jdbc.sql(FORGET)
                .param("site", site)
                .param("until", until.toString())
                .param("after", after.at().toString())
                .param("id", after.id())
                .param("most", most)
                .query((row, number) -> new Slice(
                        row.getInt("seen"),
                        row.getInt("erased"),
                        new Place(Columns.time(row, "created_at"), row.getString("message_id"))))
                .optional()
                .orElse(Slice.NOTHING);
    }
}

package org.casewire.notification.alert;

import java.time.Instant;
import org.casewire.events.retention.OldTexts;
import org.casewire.events.rows.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Received texts that are too old for alerts to begin with their words. */
@Component
class OldPreviews implements OldTexts {

    /** The words that stand for erased ones are written out: so the index of the others is used. */
    private static final String FORGET = """
            WITH oldest AS MATERIALIZED
                   (SELECT site, sid, contact, received_at FROM replies
                    WHERE site = :site AND received_at <= :until::timestamptz AND preview <> '%1$s'
                      AND (received_at, sid) > (:after::timestamptz, :id)
                    ORDER BY received_at, sid
                    LIMIT :most
                    FOR UPDATE SKIP LOCKED),
            texts AS (UPDATE replies SET preview = '%1$s' FROM oldest
                      WHERE replies.site = oldest.site AND replies.sid = oldest.sid),
            told AS (UPDATE alerts SET preview = '%1$s' FROM oldest
                     WHERE alerts.site = oldest.site AND alerts.contact = oldest.contact AND alerts.sid = oldest.sid),
            waiting AS (DELETE FROM waiting_texts USING oldest
                        WHERE waiting_texts.site = oldest.site AND waiting_texts.contact = oldest.contact
                          AND waiting_texts.received_at = oldest.received_at AND waiting_texts.sid = oldest.sid)
            SELECT (SELECT count(*) FROM oldest) AS erased, received_at, sid
            FROM oldest ORDER BY received_at DESC, sid DESC LIMIT 1
            """.formatted(Erasures.ERASED);

    private final JdbcClient jdbc;

    OldPreviews(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String kind() {
        return "previews";
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
                        row.getInt("erased"),
                        row.getInt("erased"),
                        new Place(Columns.time(row, "received_at"), row.getString("sid"))))
                .optional()
                .orElse(Slice.NOTHING);
    }
}

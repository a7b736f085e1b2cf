package org.casewire.outbound.delivery;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.casewire.events.rows.Columns;
import org.casewire.outbound.message.MessageKey;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Repository;

/** Finds texts that Twilio has: by their SID, or because nothing was heard of them for too long. */
@Repository
class SentTexts {

    private static final String BY_SID = """
            SELECT site, sid, message_id, part FROM part
            WHERE (site, sid) IN (SELECT * FROM unnest(?::text[], ?::text[]))
            """;

    private static final String TAKE_SILENT = """
            WITH silent AS (
                SELECT site, message_id, part FROM part
                WHERE ask_at <= ? ORDER BY ask_at LIMIT ? FOR UPDATE SKIP LOCKED)
            UPDATE part
            SET asked = asked + 1,
                ask_at = CASE WHEN part.line_at > ? THEN ?::timestamptz + least(?, power(2, least(asked, 20)) * ?) * interval '1 second' END
            FROM silent
            WHERE part.site = silent.site AND part.message_id = silent.message_id AND part.part = silent.part
            RETURNING part.site, part.message_id, part.part, part.sid, part.asked
            """;

    private static final String ASK_ALL_NOW = "UPDATE part SET ask_at = ? WHERE ask_at > ?";

    private final JdbcTemplate jdbc;

    SentTexts(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    record Sid(String site, String sid) {}

    record Place(MessageKey message, int part) {}

    record Silent(Place place, String sid, int asked) {}

    Map<Sid, Place> find(List<Sid> sids) {
        Map<Sid, Place> found = new HashMap<>();
        if (!sids.isEmpty()) {
            RowCallbackHandler collect = row -> found.put(
                    new Sid(row.getString("site"), row.getString("sid")),
                    new Place(
                            new MessageKey(row.getString("site"), row.getObject("message_id", UUID.class)),
                            row.getInt("part")));
            jdbc.query(BY_SID, collect, Columns.of(sids, Sid::site), Columns.of(sids, Sid::sid));
        }
        return found;
    }

    /**
     * Texts that are to be asked for now; they are put off at once, so that no other instance asks too. One that is
     * older than {@code givenUpAfter} is asked for a last time.
     */
    List<Silent> takeSilent(Instant now, int most, Duration askAfter, Duration atLeastEvery, Duration givenUpAfter) {
        return jdbc.query(
                TAKE_SILENT,
                (row, number) -> new Silent(
                        new Place(
                                new MessageKey(row.getString("site"), row.getObject("message_id", UUID.class)),
                                row.getInt("part")),
                        row.getString("sid"),
                        row.getInt("asked")),
                Timestamp.from(now),
                most,
                Timestamp.from(now.minus(givenUpAfter)),
                Timestamp.from(now),
                (double) atLeastEvery.toSeconds(),
                (double) askAfter.toSeconds());
    }

    /** After a start: whatever stands still may have moved while nobody listened. */
    void askAllNow(Instant now) {
        jdbc.update(ASK_ALL_NOW, Timestamp.from(now), Timestamp.from(now));
    }
}

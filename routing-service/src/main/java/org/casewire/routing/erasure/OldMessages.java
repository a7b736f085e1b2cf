package org.casewire.routing.erasure;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.casewire.events.retention.OldTexts;
import org.casewire.events.rows.Columns;
import org.casewire.routing.search.WordIndex;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Sent texts that are too old to keep their words; those that have any stand in the index of words. */
@Component
class OldMessages implements OldTexts {

    private static final String OLDEST = """
            SELECT words.site, words.at, words.message_id
            FROM sent_words AS words
            JOIN sent_message AS message ON message.site = words.site AND message.message_id = words.message_id
            WHERE words.site = ? AND words.at <= ?::timestamptz
              AND (words.at, words.message_id) > (?::timestamptz, ?::uuid)
            ORDER BY words.at, words.message_id
            LIMIT ?
            FOR UPDATE OF message SKIP LOCKED
            """;

    private static final String FORGET = """
            UPDATE sent_message
            SET erased_at = coalesce(erased_at, ?::timestamptz), parts = %s
            WHERE site = ? AND message_id = ANY (?::uuid[])
            """.formatted(Erasure.WORDLESS_PARTS);

    private final WordIndex words;
    private final JdbcTemplate jdbc;
    private final Clock clock;

    OldMessages(WordIndex words, JdbcTemplate jdbc, Clock clock) {
        this.words = words;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "sent";
    }

    @Override
    public Slice erase(String site, Instant until, Place after, int most) {
        List<Place> old = jdbc.query(
                OLDEST,
                (row, number) -> new Place(Columns.time(row, "at"), row.getString("message_id")),
                site,
                until.toString(),
                after.at().toString(),
                after.id(),
                most);
        if (old.isEmpty()) {
            return Slice.NOTHING;
        }
        jdbc.update(FORGET, clock.instant().toString(), site, Columns.of(old, Place::id));
        words.forgetSent(site, old);
        return Slice.of(old);
    }
}

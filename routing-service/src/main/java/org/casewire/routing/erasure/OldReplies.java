package org.casewire.routing.erasure;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.casewire.events.retention.OldTexts;
import org.casewire.events.rows.Columns;
import org.casewire.routing.document.Documents;
import org.casewire.routing.search.WordIndex;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Received texts that are too old to keep their words; those that have any stand in the index of words. */
@Component
class OldReplies implements OldTexts {

    private static final String OLDEST = """
            SELECT words.site, words.received_at, words.sid
            FROM reply_words AS words
            JOIN reply ON reply.site = words.site AND reply.sid = words.sid
            WHERE words.site = ? AND words.received_at <= ?::timestamptz
              AND (words.received_at, words.sid) > (?::timestamptz, ?)
            ORDER BY words.received_at, words.sid
            LIMIT ?
            FOR UPDATE OF reply SKIP LOCKED
            """;

    private static final String FORGET = """
            UPDATE reply SET body = '', media = '[]', answer = NULL, erased_at = coalesce(erased_at, ?::timestamptz)
            WHERE site = ? AND sid = ANY (?)
            """;

    private final WordIndex words;
    private final Documents documents;
    private final JdbcTemplate jdbc;
    private final Clock clock;

    OldReplies(WordIndex words, Documents documents, JdbcTemplate jdbc, Clock clock) {
        this.words = words;
        this.documents = documents;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "received";
    }

    @Override
    public Slice erase(String site, Instant until, Place after, int most) {
        List<Place> old = jdbc.query(
                OLDEST,
                (row, number) -> new Place(Columns.time(row, "received_at"), row.getString("sid")),
                site,
                until.toString(),
                after.at().toString(),
                after.id(),
                most);
        if (old.isEmpty()) {
            return Slice.NOTHING;
        }
        List<String> sids = old.stream().map(Place::id).toList();
        jdbc.update(FORGET, clock.instant().toString(), site, sids.toArray(String[]::new));
        words.forgetReceived(site, old);
        documents.erase(site, sids);
        return Slice.of(old);
    }
}

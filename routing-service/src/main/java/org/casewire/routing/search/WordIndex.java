package org.casewire.routing.search;

import java.time.Instant;
import java.util.Collection;
import org.casewire.events.rows.Columns;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The tables of words. */
@Repository
public class WordIndex {

    private static final String PUT_SENT = """
            INSERT INTO sent_words AS known (site, at, message_id, words)
            SELECT site, at, message_id, array_to_tsvector(string_to_array(words, ' '))
            FROM unnest(?::text[], ?::timestamptz[], ?::uuid[], ?::text[]) AS said (site, at, message_id, words)
            ON CONFLICT (site, at, message_id) DO UPDATE SET words = EXCLUDED.words
            WHERE known.words <> EXCLUDED.words
            """;

    private static final String PUT_RECEIVED = """
            INSERT INTO reply_words (site, received_at, sid, words)
            SELECT site, received_at, sid, array_to_tsvector(string_to_array(words, ' '))
            FROM unnest(?::text[], ?::timestamptz[], ?::text[], ?::text[]) AS said (site, received_at, sid, words)
            ON CONFLICT (site, received_at, sid) DO NOTHING
            """;

    private static final String FORGET_SENT = """
            DELETE FROM sent_words AS words USING sent_message AS message
            WHERE message.site = ? AND message.contact = ?
              AND words.site = message.site AND words.at = message.at AND words.message_id = message.message_id
            """;

    private static final String FORGET_RECEIVED = """
            DELETE FROM reply_words AS words USING reply
            WHERE reply.site = ? AND reply.contact = ?
              AND words.site = reply.site AND words.received_at = reply.received_at AND words.sid = reply.sid
            """;

    private final JdbcTemplate jdbc;

    WordIndex(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** What a text says. */
    public record Said(String site, Instant at, String ref, String text) {

        private String words() {
            return TextQuery.wordsOf(text);
        }
    }

    /** Makes sent texts found by their words. */
    public void putSent(Collection<Said> texts) {
        put(PUT_SENT, texts);
    }

    /** Makes received texts found by their words. */
    public void putReceived(Collection<Said> texts) {
        put(PUT_RECEIVED, texts);
    }

    private void put(String statement, Collection<Said> texts) {
        Collection<Said> worded =
                texts.stream().filter(text -> !text.words().isEmpty()).toList();
        if (!worded.isEmpty()) {
            jdbc.update(
                    statement,
                    Columns.of(worded, Said::site),
                    Columns.of(worded, Said::at),
                    Columns.of(worded, Said::ref),
                    Columns.of(worded, Said::words));
        }
    }

    /** Nobody finds the texts there are of that person any more. */
    public void forget(String site, String contact) {
        jdbc.update(FORGET_SENT, site, contact);
        jdbc.update(FORGET_RECEIVED, site, contact);
    }
}

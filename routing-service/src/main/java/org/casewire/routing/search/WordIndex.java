package org.casewire.routing.search;

import java.time.Instant;
import java.util.Collection;
import org.casewire.events.retention.OldTexts.Place;
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
            INSERT INTO reply_words AS known (site, received_at, sid, words)
            SELECT site, received_at, sid, array_to_tsvector(string_to_array(words, ' '))
            FROM unnest(?::text[], ?::timestamptz[], ?::text[], ?::text[]) AS said (site, received_at, sid, words)
            ON CONFLICT (site, received_at, sid) DO UPDATE SET words = EXCLUDED.words
            WHERE known.words <> EXCLUDED.words
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

    private static final String FORGET_THESE_SENT = """
            DELETE FROM sent_words AS words
            USING unnest(?::timestamptz[], ?::uuid[]) AS old (at, message_id)
            WHERE words.site = ? AND words.at = old.at AND words.message_id = old.message_id
            """;

    private static final String FORGET_THESE_RECEIVED = """
            DELETE FROM reply_words AS words
            USING unnest(?::timestamptz[], ?::text[]) AS old (received_at, sid)
            WHERE words.site = ? AND words.received_at = old.received_at AND words.sid = old.sid
            """;

    private final JdbcTemplate jdbc;

    WordIndex(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What a text says.
     *
     * @param files whether something came or went with it
     */
    public record Said(String site, Instant at, String ref, String text, boolean files) {

        private String words() {
            return TextQuery.wordsOf(text);
        }

        /** By these rows is found, too, what loses its words when it is old: a picture and a smile stand there as well. */
        private boolean isToBeFound() {
            return files || !text.isEmpty();
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
        Collection<Said> worded = texts.stream().filter(Said::isToBeFound).toList();
        if (!worded.isEmpty()) {
            jdbc.update(
                    statement,
                    Columns.of(worded, Said::site),
                    Columns.of(worded, Said::at),
                    Columns.of(worded, Said::ref),
                    Columns.of(worded, Said::words));
        }
    }

    /** Nobody finds these received texts any more. */
    public void forgetReceived(String site, Collection<Place> texts) {
        forget(FORGET_THESE_RECEIVED, site, texts);
    }

    /** Nobody finds these sent texts any more. */
    public void forgetSent(String site, Collection<Place> texts) {
        forget(FORGET_THESE_SENT, site, texts);
    }

    private void forget(String statement, String site, Collection<Place> texts) {
        jdbc.update(statement, Columns.of(texts, Place::at), Columns.of(texts, Place::id), site);
    }

    /** Nobody finds the texts there are of that person any more. */
    public void forget(String site, String contact) {
        jdbc.update(FORGET_SENT, site, contact);
        jdbc.update(FORGET_RECEIVED, site, contact);
    }
}

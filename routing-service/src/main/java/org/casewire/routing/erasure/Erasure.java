package org.casewire.routing.erasure;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.casewire.events.Conversation;
import org.casewire.events.ReplyEvent.TextsErased;
import org.casewire.events.outbox.Outbox;
import org.casewire.events.outbox.Outbox.Outgoing;
import org.casewire.routing.document.Documents;
import org.casewire.routing.erased.ErasureMarks;
import org.casewire.routing.search.WordIndex;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Erases a person's texts at once: words, files and what finds them. That there were texts, when and on which cases,
 * stays.
 */
@Component
class Erasure {

    /** What a sent message's parts are without their words. */
    static final String WORDLESS_PARTS = """
            coalesce((SELECT jsonb_agg(part || '{"body": null, "mediaUrls": []}' ORDER BY number)
                      FROM jsonb_array_elements(parts) WITH ORDINALITY AS each (part, number)), '[]')
            """;

    private static final String FORGET_RECEIVED = """
            WITH gone AS (UPDATE reply SET body = '', media = '[]', answer = NULL, erased_at = ?::timestamptz
                          WHERE site = ? AND contact = ? AND erased_at IS NULL
                          RETURNING jsonb_array_length(old.media) AS files)
            SELECT count(*) AS texts, coalesce(sum(files), 0) AS files FROM gone
            """;

    private static final String FORGET_SENT = """
            WITH gone AS (UPDATE sent_message
                          SET erased_at = ?::timestamptz, parts = %s
                          WHERE site = ? AND contact = ? AND erased_at IS NULL
                          RETURNING 1)
            SELECT count(*) AS texts, 0 AS files FROM gone
            """.formatted(WORDLESS_PARTS);

    private final ErasureMarks marks;
    private final WordIndex words;
    private final Documents documents;
    private final Outbox outbox;
    private final JdbcTemplate jdbc;
    private final Clock clock;

    Erasure(ErasureMarks marks, WordIndex words, Documents documents, Outbox outbox, JdbcTemplate jdbc, Clock clock) {
        this.marks = marks;
        this.words = words;
        this.documents = documents;
        this.outbox = outbox;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What was erased; nothing of what was erased before is counted again.
     *
     * @param at texts up to then are erased, also those that are still to come from the log
     * @param files that came with the received ones
     */
    record Erased(String contact, Instant at, String by, long received, long sent, long files) {}

    private record Count(long texts, long files) {}

    @Transactional
    Erased erase(Conversation person, String by, String traceParent) {
        marks.erasing();
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        marks.put(person, at, by);
        words.forget(person.site(), person.contact());
        Count received = forget(FORGET_RECEIVED, person, at);
        Count sent = forget(FORGET_SENT, person, at);
        documents.erase(person.site(), person.contact());
        outbox.append(List.of(new Outgoing(new TextsErased(person.site(), person.contact(), by, at), traceParent)));
        return new Erased(person.contact(), at, by, received.texts(), sent.texts(), received.files());
    }

    private Count forget(String statement, Conversation person, Instant at) {
        return jdbc.query(
                        statement,
                        (row, number) -> new Count(row.getLong("texts"), row.getLong("files")),
                        at.toString(),
                        person.site(),
                        person.contact())
                .getFirst();
    }
}

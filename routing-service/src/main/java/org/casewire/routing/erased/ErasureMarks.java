package org.casewire.routing.erased;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.casewire.events.Conversation;
import org.casewire.events.retention.KeptTexts;
import org.casewire.events.rows.Columns;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Until when people's texts are erased. Texts are taken in while nobody erases, and erased while nobody takes any in:
 * so either the words are there to be erased, or the mark is there to be seen. Erasing is rare and short.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
public class ErasureMarks {

    private static final int KEY = 0x65726173;

    private static final String SHARED = "SELECT pg_advisory_xact_lock_shared(" + KEY + ", 0)";
    private static final String EXCLUSIVE = "SELECT pg_advisory_xact_lock(" + KEY + ", 0)";

    private static final String PUT = """
            INSERT INTO erased_texts AS mark (site, contact, erased_at, erased_by) VALUES (?, ?, ?::timestamptz, ?)
            ON CONFLICT (site, contact) DO UPDATE
            SET erased_at = greatest(mark.erased_at, EXCLUDED.erased_at), erased_by = EXCLUDED.erased_by
            """;

    private static final String FIND = """
            SELECT mark.site, mark.contact, mark.erased_at
            FROM erased_texts AS mark
            JOIN unnest(?::text[], ?::text[]) AS wanted (site, contact)
              ON mark.site = wanted.site AND mark.contact = wanted.contact
            """;

    private final JdbcTemplate jdbc;
    private final KeptTexts kept;

    ErasureMarks(JdbcTemplate jdbc, KeptTexts kept) {
        this.jdbc = jdbc;
        this.kept = kept;
    }

    /**
     * Until when whose texts are erased.
     *
     * @param erasedUntil by somebody's wish
     * @param oldUntil because their site keeps none that are older
     */
    public record Marks(Map<Conversation, Instant> erasedUntil, Map<String, Instant> oldUntil) {

        /** Until when that person's texts are erased, if a text of that time must not keep its words. */
        public Optional<Instant> covering(Conversation person, Instant at) {
            return Stream.of(erasedUntil.get(person), oldUntil.get(person.site()))
                    .filter(Objects::nonNull)
                    .filter(until -> !at.isAfter(until))
                    .max(Comparator.naturalOrder());
        }
    }

    /** To be called before anything else is locked. */
    public void takingIn() {
        jdbc.query(SHARED, row -> {});
    }

    /** To be called before anything else is locked. */
    public void erasing() {
        jdbc.query(EXCLUSIVE, row -> {});
    }

    /** What is to be known of these people. */
    public Marks of(Collection<Conversation> people) {
        Map<Conversation, Instant> found = new HashMap<>();
        Collection<Conversation> each = people.stream().collect(Collectors.toSet());
        if (!each.isEmpty()) {
            jdbc.query(
                    FIND,
                    row -> {
                        found.put(
                                new Conversation(row.getString("site"), row.getString("contact")),
                                Columns.time(row, "erased_at"));
                    },
                    Columns.of(each, Conversation::site),
                    Columns.of(each, Conversation::contact));
        }
        Map<String, Instant> old = new HashMap<>();
        each.stream()
                .map(Conversation::site)
                .distinct()
                .forEach(site -> kept.oldUntil(site).ifPresent(until -> old.put(site, until)));
        return new Marks(found, old);
    }

    /** Texts of that person up to then are erased from now on. */
    public void put(Conversation person, Instant at, String by) {
        jdbc.update(PUT, person.site(), person.contact(), at.toString(), by);
    }
}

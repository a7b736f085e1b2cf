package org.casewire.outbound.preference;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.casewire.events.Conversation;
import org.casewire.events.rows.Columns;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What the error codes of failed texts say about the number they were sent to. */
@Service
public class RecipientHealth {

    private static final String NOTE = """
            INSERT INTO recipient_health AS known (site, contact, code, times, at)
            SELECT * FROM unnest(?::text[], ?::text[], ?::int[], ?::int[], ?::timestamptz[])
            ON CONFLICT (site, contact, code) DO UPDATE
            SET times = known.times + EXCLUDED.times, at = greatest(known.at, EXCLUDED.at)
            """;

    private static final String CLEAR = """
            DELETE FROM recipient_health AS known
            USING unnest(?::text[], ?::text[]) AS person (site, contact)
            WHERE known.site = person.site AND known.contact = person.contact
            """;

    private static final String OF = """
            SELECT code, times, at FROM recipient_health WHERE site = ? AND contact = ? ORDER BY at DESC, code
            """;

    private final JdbcTemplate jdbc;

    RecipientHealth(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A text to a person failed with Twilio's error code; codes that say nothing about the person are passed over. */
    public record Failure(Conversation person, int code, Instant at) {}

    /** How often, and when last, texts to a number failed with a code. */
    record Ailment(int code, int times, Instant at) {}

    private record Noted(Failure last, int times) {

        Noted and(Noted more) {
            return new Noted(more.last.at().isBefore(last.at()) ? last : more.last, times + more.times);
        }
    }

    /** Takes part in the transaction that records the failures. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void note(Collection<Failure> failures) {
        Map<String, Noted> noted = new TreeMap<>();
        failures.stream()
                .filter(failure -> Validity.isAboutTheNumber(failure.code()))
                .forEach(failure ->
                        noted.merge(failure.person().key() + "|" + failure.code(), new Noted(failure, 1), Noted::and));
        if (!noted.isEmpty()) {
            Collection<Noted> rows = noted.values();
            jdbc.update(
                    NOTE,
                    Columns.of(rows, one -> one.last().person().site()),
                    Columns.of(rows, one -> one.last().person().contact()),
                    Columns.of(rows, one -> one.last().code()),
                    Columns.of(rows, Noted::times),
                    Columns.of(rows, one -> one.last().at()));
        }
    }

    /** Texts reached these people: whatever ailed their numbers is over. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void delivered(Collection<Conversation> people) {
        if (!people.isEmpty()) {
            jdbc.update(CLEAR, Columns.of(people, Conversation::site), Columns.of(people, Conversation::contact));
        }
    }

    /** The latest first. */
    List<Ailment> of(Conversation person) {
        return jdbc.query(
                OF,
                (row, number) -> new Ailment(row.getInt("code"), row.getInt("times"), Columns.time(row, "at")),
                person.site(),
                person.contact());
    }
}

package org.casewire.outbound.preference;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.casewire.events.Conversation;
import org.casewire.events.rows.Columns;
import org.casewire.outbound.message.Failure;
import org.casewire.outbound.message.TextsFailed;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** What the error codes of failed texts say about the number they were sent to. */
@Repository
class RecipientHealth {

    private static final String NOTE = """
            INSERT INTO recipient_health AS known (site, contact, code, times, at)
            SELECT * FROM unnest(?::text[], ?::text[], ?::int[], ?::int[], ?::timestamptz[])
            ON CONFLICT (site, contact, code) DO UPDATE
            SET times = known.times + EXCLUDED.times, at = greatest(known.at, EXCLUDED.at)
            """;

    private static final String SINCE_A_TEXT_ARRIVED = """
            SELECT code, times, at
            FROM recipient_health AS health
            WHERE site = ? AND contact = ?
              AND NOT EXISTS (SELECT FROM message JOIN part USING (site, message_id)
                              WHERE message.site = health.site AND message.contact = health.contact
                                AND part.status IN ('DELIVERED', 'READ') AND part.updated_at > health.at)
            ORDER BY at DESC, code
            """;

    private final JdbcTemplate jdbc;

    RecipientHealth(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** How often, and when last, texts to a number failed with a code. */
    record Ailment(int code, int times, Instant at) {}

    private record Noted(Failure last, int times) {

        Noted and(Noted more) {
            return new Noted(more.last.at().isBefore(last.at()) ? last : more.last, times + more.times);
        }
    }

    /** Takes part in the transaction that records the failures; codes that say nothing of the person are passed over. */
    @EventListener
    void on(TextsFailed failed) {
        note(failed.failures());
    }

    private void note(Collection<Failure> failures) {
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

    /** What ails a number since a text last arrived there, the latest first. */
    List<Ailment> of(Conversation person) {
        return jdbc.query(
                SINCE_A_TEXT_ARRIVED,
                (row, number) -> new Ailment(row.getInt("code"), row.getInt("times"), Columns.time(row, "at")),
                person.site(),
                person.contact());
    }
}

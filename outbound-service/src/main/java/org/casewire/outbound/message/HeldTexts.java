package org.casewire.outbound.message;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import org.casewire.events.Conversation;
import org.casewire.events.rows.Columns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Has texts that were held looked at again, because what held them may have changed. */
@Component
public class HeldTexts {

    private static final String RECONSIDER = """
            UPDATE part SET due_at = ?
            WHERE site = ? AND (?::text IS NULL OR sender = ?) AND status = 'HELD' AND due_at > ?
            """;

    private static final String RECONSIDER_CONVERSATIONS = """
            UPDATE part SET due_at = ?
            FROM unnest(?::text[], ?::text[]) AS person (site, contact)
            WHERE part.site = person.site AND part.contact = person.contact AND lane = 0 AND status = 'HELD'
              AND due_at > ?
            """;

    private final JdbcTemplate jdbc;
    private final DueSignal due;
    private final Clock clock;

    HeldTexts(JdbcTemplate jdbc, DueSignal due, Clock clock) {
        this.jdbc = jdbc;
        this.due = due;
        this.clock = clock;
    }

    /** All held texts of a site. */
    public void reconsider(String site) {
        reconsider(site, null);
    }

    /** The held texts of a site's sender; null means all of its senders. */
    public void reconsider(String site, @Nullable String sender) {
        Timestamp now = Timestamp.from(clock.instant());
        jdbc.update(RECONSIDER, now, site, sender, sender, now);
        due.raise();
    }

    /** What workers wrote to these people: the first lane. */
    public void reconsider(Collection<Conversation> people) {
        Timestamp now = Timestamp.from(clock.instant());
        int held = jdbc.update(
                RECONSIDER_CONVERSATIONS,
                now,
                Columns.of(people, Conversation::site),
                Columns.of(people, Conversation::contact),
                now);
        if (held > 0) {
            due.raise();
        }
    }
}

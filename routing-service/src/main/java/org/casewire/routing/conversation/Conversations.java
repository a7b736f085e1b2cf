package org.casewire.routing.conversation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.casewire.events.Conversation;
import org.casewire.events.page.PageRequest;
import org.casewire.events.rows.Columns;
import org.casewire.routing.search.Unindexed.Direction;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table of conversations. */
@Repository
class Conversations {

    private static final String COUNT = """
            INSERT INTO conversation AS known (site, contact, sent, received, last_at, last_direction, last_ref)
            SELECT * FROM unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::timestamptz[], ?::text[], ?::text[])
            ON CONFLICT (site, contact) DO UPDATE
            SET sent = known.sent + EXCLUDED.sent, received = known.received + EXCLUDED.received,
                last_at = greatest(known.last_at, EXCLUDED.last_at),
                last_direction = CASE WHEN EXCLUDED.last_at > known.last_at THEN EXCLUDED.last_direction
                                      ELSE known.last_direction END,
                last_ref = CASE WHEN EXCLUDED.last_at > known.last_at THEN EXCLUDED.last_ref ELSE known.last_ref END
            """;

    private static final String PAGE = """
            SELECT * FROM conversation
            WHERE site = ? AND (last_at, contact) < (?::timestamptz, ?)
            ORDER BY last_at DESC, contact DESC
            LIMIT ?
            """;

    private static final String ONE = "SELECT * FROM conversation WHERE site = ? AND contact = ?";

    private final JdbcTemplate jdbc;

    Conversations(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A person's texts, or some of them.
     *
     * @param sent how many
     * @param lastRef message id or SID of the last
     */
    record Summary(
            Conversation person, long sent, long received, Instant lastAt, Direction lastDirection, String lastRef) {

        static Summary of(Conversation person, Direction direction, String ref, Instant at, boolean counted) {
            return new Summary(
                    person,
                    direction == Direction.SENT && !counted ? 1 : 0,
                    direction == Direction.RECEIVED && !counted ? 1 : 0,
                    at,
                    direction,
                    ref);
        }

        private Summary plus(Summary other) {
            Summary last = other.lastAt.isAfter(lastAt) ? other : this;
            return new Summary(
                    person,
                    sent + other.sent,
                    received + other.received,
                    last.lastAt,
                    last.lastDirection,
                    last.lastRef);
        }
    }

    /** Adds texts to their conversations. Rows are taken in one order, so that two who do so wait and do not block. */
    void count(Collection<Summary> texts) {
        Map<Conversation, Summary> sums = new HashMap<>();
        texts.forEach(text -> sums.merge(text.person(), text, Summary::plus));
        List<Summary> rows = sums.values().stream()
                .sorted(Comparator.comparing(row -> row.person().key()))
                .toList();
        if (!rows.isEmpty()) {
            jdbc.update(
                    COUNT,
                    Columns.of(rows, row -> row.person().site()),
                    Columns.of(rows, row -> row.person().contact()),
                    Columns.of(rows, Summary::sent),
                    Columns.of(rows, Summary::received),
                    Columns.of(rows, Summary::lastAt),
                    Columns.of(rows, Summary::lastDirection),
                    Columns.of(rows, Summary::lastRef));
        }
    }

    /** A part of a site's conversations, the latest first. */
    List<Summary> page(String site, PageRequest page) {
        return jdbc.query(
                PAGE,
                Conversations::summary,
                site,
                page.after().at().toString(),
                page.after().ref(),
                page.oneMore());
    }

    Optional<Summary> find(Conversation person) {
        return jdbc.query(ONE, Conversations::summary, person.site(), person.contact()).stream()
                .findFirst();
    }

    private static Summary summary(ResultSet row, int number) throws SQLException {
        return new Summary(
                new Conversation(row.getString("site"), row.getString("contact")),
                row.getLong("sent"),
                row.getLong("received"),
                Columns.time(row, "last_at"),
                Direction.valueOf(row.getString("last_direction")),
                row.getString("last_ref"));
    }
}

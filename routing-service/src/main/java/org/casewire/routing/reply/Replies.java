package org.casewire.routing.reply;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.casewire.events.CaseRef;
import org.casewire.events.Conversation;
import org.casewire.events.InboundEvent.Keyword;
import org.casewire.events.InboundEvent.Media;
import org.casewire.events.Matching;
import org.casewire.events.rows.Columns;
import org.casewire.events.transport.WireJson;
import org.casewire.routing.matching.Filing;
import org.casewire.routing.matching.Rule;
import org.casewire.routing.sent.Acceptance;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table of received texts. */
@Repository
class Replies {

    private static final String ADD = """
            INSERT INTO reply (site, sid, contact, recipient, body, media, keyword, recovered, answer, received_at,
                               matched_before, filed_at, strategy, rule, explanation, cases, assigned)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::jsonb[], ?::text[],
                                 ?::boolean[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[],
                                 ?::text[], ?::text[], ?::jsonb[], ?::jsonb[], ?::boolean[])
            ON CONFLICT (site, sid) DO NOTHING
            RETURNING site, sid
            """;

    /** Texts that came in after a text was accepted but were filed before that was known; a person's word stands. */
    private static final String FILED_TOO_EARLY = """
            SELECT early.*, accepted.number
            FROM unnest(?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[])
                 WITH ORDINALITY AS accepted (site, contact, at, filed_after, number)
            CROSS JOIN LATERAL (
                SELECT * FROM reply
                WHERE reply.site = accepted.site AND reply.contact = accepted.contact
                  AND reply.received_at > accepted.at AND reply.filed_at > accepted.filed_after
                  AND (reply.moved_by IS NULL OR reply.moved_by = ?)
                FOR UPDATE) AS early
            """;

    private static final String LOCK = "SELECT * FROM reply WHERE site = ? AND sid = ? FOR UPDATE";

    private static final String ONE = "SELECT * FROM reply WHERE site = ? AND sid = ?";

    private final JdbcTemplate jdbc;
    private final Moves moves;

    Replies(JdbcTemplate jdbc, Moves moves) {
        this.jdbc = jdbc;
        this.moves = moves;
    }

    /** Names a received text. */
    record Key(String site, String sid) {

        static Key of(Reply reply) {
            return new Key(reply.text().conversation().site(), reply.text().sid());
        }
    }

    /** A reply with the acceptance that came late for it. */
    record Late(Reply reply, Acceptance acceptance) {}

    /** Stores what is new and returns it; a text that was stored before stays as it is. */
    List<Reply> add(Collection<Reply> replies) {
        Set<Key> added = new HashSet<>(jdbc.query(
                ADD,
                (row, number) -> new Key(row.getString("site"), row.getString("sid")),
                Columns.of(replies, one -> one.text().conversation().site()),
                Columns.of(replies, one -> one.text().sid()),
                Columns.of(replies, one -> one.text().conversation().contact()),
                Columns.of(replies, one -> one.text().to()),
                Columns.of(replies, one -> one.text().body()),
                Columns.json(replies, one -> one.text().media()),
                Columns.of(replies, one -> one.text().keyword()),
                Columns.of(replies, one -> one.text().recovered()),
                Columns.of(replies, one -> one.text().answer()),
                Columns.of(replies, one -> one.text().receivedAt()),
                Columns.of(replies, Reply::matchedBefore),
                Columns.of(replies, Reply::filedAt),
                Columns.of(replies, Reply::strategy),
                Columns.of(replies, one -> one.filing().rule()),
                Columns.json(replies, one -> one.filing().explanation()),
                Columns.json(replies, one -> one.filing().cases()),
                Columns.of(replies, one -> one.state() == Reply.State.ASSIGNED)));
        List<Reply> stored =
                replies.stream().filter(reply -> added.contains(Key.of(reply))).toList();
        moves.stand(stored);
        return stored;
    }

    /** Replies that were filed without knowing of these texts, locked. */
    List<Late> filedTooEarly(List<Acceptance> acceptances, Duration window, String casewire) {
        return jdbc.query(
                FILED_TOO_EARLY,
                (row, number) -> new Late(reply(row, number), acceptances.get(row.getInt("number") - 1)),
                Columns.of(acceptances, one -> one.conversation().site()),
                Columns.of(acceptances, one -> one.conversation().contact()),
                Columns.of(acceptances, Acceptance::at),
                Columns.of(acceptances, one -> one.writtenAt().minus(window)),
                casewire);
    }

    Optional<Reply> lock(Key key) {
        return jdbc.query(LOCK, Replies::reply, key.site(), key.sid()).stream().findFirst();
    }

    Optional<Reply> find(Key key) {
        return jdbc.query(ONE, Replies::reply, key.site(), key.sid()).stream().findFirst();
    }

    static Reply reply(ResultSet row, int number) throws SQLException {
        ReceivedText text = new ReceivedText(
                row.getString("sid"),
                new Conversation(row.getString("site"), row.getString("contact")),
                row.getString("recipient"),
                row.getString("body"),
                List.of(WireJson.MAPPER.readValue(row.getString("media"), Media[].class)),
                Keyword.valueOf(row.getString("keyword")),
                row.getBoolean("recovered"),
                row.getString("answer"),
                Columns.time(row, "received_at"));
        Filing filing = new Filing(
                List.of(WireJson.MAPPER.readValue(row.getString("cases"), CaseRef[].class)),
                Rule.valueOf(row.getString("rule")),
                List.of(WireJson.MAPPER.readValue(row.getString("explanation"), String[].class)));
        return new Reply(
                text,
                Columns.time(row, "matched_before"),
                Columns.time(row, "filed_at"),
                Matching.valueOf(row.getString("strategy")),
                filing,
                new Destination(filing.cases(), row.getString("contact_id"), row.getString("user_id")),
                new LastMove(row.getInt("version"), row.getString("moved_by"), Columns.timeOrNull(row, "moved_at")));
    }
}

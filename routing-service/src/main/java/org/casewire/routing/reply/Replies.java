package org.casewire.routing.reply;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.casewire.events.CaseRef;
import org.casewire.events.Conversation;
import org.casewire.events.InboundEvent.Keyword;
import org.casewire.events.InboundEvent.Media;
import org.casewire.events.Matching;
import org.casewire.events.page.PageRequest;
import org.casewire.events.rows.Columns;
import org.casewire.events.transport.WireJson;
import org.casewire.routing.matching.Filing;
import org.casewire.routing.matching.Rule;
import org.casewire.routing.sent.Acceptance;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The tables of received texts and of the cases they stand on. */
@Repository
public class Replies {

    private static final String ADD = """
            INSERT INTO reply (site, sid, contact, recipient, body, media, keyword, recovered, answer, received_at,
                               matched_before, filed_at, strategy, rule, explanation, cases, assigned)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::jsonb[], ?::text[],
                                 ?::boolean[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[],
                                 ?::text[], ?::text[], ?::jsonb[], ?::jsonb[], ?::boolean[])
            ON CONFLICT (site, sid) DO NOTHING
            RETURNING site, sid
            """;

    private static final String STAND_ON = """
            INSERT INTO reply_case (site, kind, case_id, received_at, sid)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::text[])
            ON CONFLICT DO NOTHING
            """;

    private static final String STAND_NO_LONGER_ON = """
            DELETE FROM reply_case AS link
            USING unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::text[])
                  AS old (site, kind, case_id, received_at, sid)
            WHERE link.site = old.site AND link.kind = old.kind AND link.case_id = old.case_id
              AND link.received_at = old.received_at AND link.sid = old.sid
            """;

    private static final String MOVE = """
            UPDATE reply
            SET strategy = moved.strategy, rule = moved.rule, explanation = moved.explanation, cases = moved.cases,
                assigned = moved.assigned, moved_by = moved.moved_by, moved_at = moved.moved_at
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::jsonb[], ?::jsonb[], ?::boolean[],
                        ?::text[], ?::timestamptz[])
                 AS moved (site, sid, strategy, rule, explanation, cases, assigned, moved_by, moved_at)
            WHERE reply.site = moved.site AND reply.sid = moved.sid
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

    private static final String OF_CASE = """
            SELECT reply.*
            FROM reply_case AS link JOIN reply ON reply.site = link.site AND reply.sid = link.sid
            WHERE link.site = ? AND link.kind = ? AND link.case_id = ?
              AND (link.received_at, link.sid) < (?::timestamptz, ?)
            ORDER BY link.received_at DESC, link.sid DESC
            LIMIT ?
            """;

    private static final String OF_SITE = """
            SELECT * FROM reply
            WHERE site = ? AND (received_at, sid) < (?::timestamptz, ?) %s
            ORDER BY received_at DESC, sid DESC
            LIMIT ?
            """;

    private final JdbcTemplate jdbc;

    Replies(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Names a received text. */
    record Key(String site, String sid) {

        static Key of(Reply reply) {
            return new Key(reply.text().conversation().site(), reply.text().sid());
        }
    }

    /** A reply with the acceptance that came late for it. */
    record Late(Reply reply, Acceptance acceptance) {}

    /** A reply and where it is to stand from now on. */
    record Move(Reply reply, Matching strategy, Filing filing, String by, Instant at) {}

    private record Link(Reply reply, CaseRef ref) {}

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
        link(
                STAND_ON,
                stored.stream().flatMap(reply -> links(reply, reply.filing())).toList());
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

    void move(List<Move> moves) {
        if (moves.isEmpty()) {
            return;
        }
        jdbc.update(
                MOVE,
                Columns.of(moves, one -> one.reply().text().conversation().site()),
                Columns.of(moves, one -> one.reply().text().sid()),
                Columns.of(moves, Move::strategy),
                Columns.of(moves, one -> one.filing().rule()),
                Columns.json(moves, one -> one.filing().explanation()),
                Columns.json(moves, one -> one.filing().cases()),
                Columns.of(moves, one -> !one.filing().cases().isEmpty()),
                Columns.of(moves, Move::by),
                Columns.of(moves, Move::at));
        link(
                STAND_NO_LONGER_ON,
                moves.stream()
                        .flatMap(one -> links(one.reply(), one.reply().filing()))
                        .toList());
        link(
                STAND_ON,
                moves.stream().flatMap(one -> links(one.reply(), one.filing())).toList());
    }

    private static Stream<Link> links(Reply reply, Filing filing) {
        return filing.cases().stream().map(ref -> new Link(reply, ref));
    }

    private void link(String statement, List<Link> links) {
        if (!links.isEmpty()) {
            jdbc.update(
                    statement,
                    Columns.of(links, one -> one.reply().text().conversation().site()),
                    Columns.of(links, one -> one.ref().kind()),
                    Columns.of(links, one -> one.ref().id()),
                    Columns.of(links, one -> one.reply().text().receivedAt()),
                    Columns.of(links, one -> one.reply().text().sid()));
        }
    }

    /** What was filed on a case, newest first. */
    public List<Reply> ofCase(String site, CaseRef ref, PageRequest page) {
        return jdbc.query(
                OF_CASE,
                Replies::reply,
                site,
                ref.kind().name(),
                ref.id(),
                page.after().at().toString(),
                page.after().ref(),
                page.oneMore());
    }

    /** What a site received, newest first. */
    List<Reply> ofSite(String site, StateFilter state, PageRequest page) {
        return jdbc.query(
                OF_SITE.formatted(state.condition()),
                Replies::reply,
                site,
                page.after().at().toString(),
                page.after().ref(),
                page.oneMore());
    }

    private static Reply reply(ResultSet row, int number) throws SQLException {
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
                filing);
    }
}

package org.casewire.routing.reply;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.casewire.events.CaseRef;
import org.casewire.events.rows.Columns;
import org.casewire.events.transport.WireJson;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table of moves, and what a move changes of a received text. */
@Repository
class Moves {

    private static final String MOVE = """
            UPDATE reply
            SET strategy = moved.strategy, rule = moved.rule, explanation = moved.explanation, cases = moved.cases,
                contact_id = moved.contact_id, user_id = moved.user_id, assigned = moved.assigned,
                moved_by = moved.moved_by, moved_at = moved.moved_at, version = moved.version
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::jsonb[], ?::jsonb[], ?::text[], ?::text[],
                        ?::boolean[], ?::text[], ?::timestamptz[], ?::integer[])
                 AS moved (site, sid, strategy, rule, explanation, cases, contact_id, user_id, assigned, moved_by,
                           moved_at, version)
            WHERE reply.site = moved.site AND reply.sid = moved.sid
            """;

    private static final String NOTE = """
            INSERT INTO reply_move (site, sid, version, moved_by, moved_at, from_cases, from_contact_id, from_user_id,
                                    to_cases, to_contact_id, to_user_id)
            SELECT * FROM unnest(?::text[], ?::text[], ?::integer[], ?::text[], ?::timestamptz[], ?::jsonb[], ?::text[],
                                 ?::text[], ?::jsonb[], ?::text[], ?::text[])
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

    private static final String OF_TEXT = "SELECT * FROM reply_move WHERE site = ? AND sid = ? ORDER BY version";

    private final JdbcTemplate jdbc;

    Moves(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A move as it is told: who moved a text, when, from where to where. */
    record Told(String by, Instant at, Destination from, Destination to) {}

    private record Link(Reply reply, CaseRef ref) {

        static Stream<Link> of(Reply reply, List<CaseRef> cases) {
            return cases.stream().map(ref -> new Link(reply, ref));
        }
    }

    /** The replies must be locked. */
    void move(Collection<Move> moves) {
        jdbc.update(
                MOVE,
                Columns.of(moves, one -> one.reply().text().conversation().site()),
                Columns.of(moves, one -> one.reply().text().sid()),
                Columns.of(moves, Move::strategy),
                Columns.of(moves, one -> one.filing().rule()),
                Columns.json(moves, one -> one.filing().explanation()),
                Columns.json(moves, one -> one.to().cases()),
                Columns.of(moves, one -> one.to().contactId()),
                Columns.of(moves, one -> one.to().userId()),
                Columns.of(moves, one -> !one.to().isNowhere()),
                Columns.of(moves, Move::by),
                Columns.of(moves, Move::at),
                Columns.of(moves, Move::version));
        note(moves);
        link(
                STAND_NO_LONGER_ON,
                moves.stream()
                        .flatMap(
                                one -> Link.of(one.reply(), one.reply().filing().cases()))
                        .toList());
        link(
                STAND_ON,
                moves.stream()
                        .flatMap(one -> Link.of(one.reply(), one.to().cases()))
                        .toList());
    }

    private void note(Collection<Move> moves) {
        jdbc.update(
                NOTE,
                Columns.of(moves, one -> one.reply().text().conversation().site()),
                Columns.of(moves, one -> one.reply().text().sid()),
                Columns.of(moves, Move::version),
                Columns.of(moves, Move::by),
                Columns.of(moves, Move::at),
                Columns.json(moves, one -> one.reply().destination().cases()),
                Columns.of(moves, one -> one.reply().destination().contactId()),
                Columns.of(moves, one -> one.reply().destination().userId()),
                Columns.json(moves, one -> one.to().cases()),
                Columns.of(moves, one -> one.to().contactId()),
                Columns.of(moves, one -> one.to().userId()));
    }

    /** Notes on which cases texts stand that were just filed. */
    void stand(Collection<Reply> filed) {
        link(
                STAND_ON,
                filed.stream()
                        .flatMap(reply -> Link.of(reply, reply.filing().cases()))
                        .toList());
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

    /** Every move of a text, the first one first. */
    List<Told> of(String site, String sid) {
        return jdbc.query(
                OF_TEXT,
                (row, number) -> new Told(
                        row.getString("moved_by"),
                        Columns.time(row, "moved_at"),
                        destination(row, "from"),
                        destination(row, "to")),
                site,
                sid);
    }

    private static Destination destination(ResultSet row, String side) throws SQLException {
        return new Destination(
                List.of(WireJson.MAPPER.readValue(row.getString(side + "_cases"), CaseRef[].class)),
                row.getString(side + "_contact_id"),
                row.getString(side + "_user_id"));
    }
}

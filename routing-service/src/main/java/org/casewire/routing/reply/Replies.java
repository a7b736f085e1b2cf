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
import org.casewire.routing.matching.Candidate;
import org.casewire.routing.matching.Candidates;
import org.casewire.routing.matching.Filing;
import org.casewire.routing.matching.Match;
import org.casewire.routing.matching.Outcomes;
import org.casewire.routing.matching.Rule;
import org.casewire.routing.sent.Acceptance;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table of received texts. */
@Repository
class Replies {

    private static final String ADD = """
            INSERT INTO reply (site, sid, contact, recipient, body, media, keyword, recovered, answer, received_at,
                               matched_before, filed_at, strategy, rule, explanation, cases, assigned, matched_by,
                               by_outbound, by_opened, by_intake, by_all, by_all_count, candidates, candidate_count,
                               erased_at)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::jsonb[], ?::text[],
                                 ?::boolean[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[],
                                 ?::text[], ?::text[], ?::jsonb[], ?::jsonb[], ?::boolean[], ?::text[],
                                 ?::text[], ?::text[], ?::text[], ?::text[], ?::integer[], ?::json[], ?::integer[],
                                 ?::timestamptz[])
            ON CONFLICT (site, sid) DO NOTHING
            RETURNING site, sid
            """;

    private static final String MOVED_BY_PERSON = "coalesce(reply.moved_by <> 'casewire', false)";

    /** What matching found, told anew; where a person put a reply, only a person's words stand beside it. */
    private static final String FOUND = """
            UPDATE reply
            SET matched_by = found.strategy, by_outbound = found.by_outbound, by_opened = found.by_opened,
                by_intake = found.by_intake, by_all = found.by_all, by_all_count = found.by_all_count,
                candidates = found.candidates, candidate_count = found.candidate_count,
                strategy = CASE WHEN %1$s THEN reply.strategy ELSE found.strategy END,
                rule = CASE WHEN %1$s THEN reply.rule ELSE found.rule END,
                explanation = CASE WHEN %1$s THEN reply.explanation ELSE found.explanation END
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::jsonb[], ?::text[], ?::text[], ?::text[],
                        ?::text[], ?::integer[], ?::json[], ?::integer[])
                 AS found (site, sid, strategy, rule, explanation, by_outbound, by_opened, by_intake, by_all,
                           by_all_count, candidates, candidate_count)
            WHERE reply.site = found.site AND reply.sid = found.sid
            """.formatted(MOVED_BY_PERSON);

    /** Texts that came in after a text was accepted but were filed before that was known. */
    private static final String FILED_TOO_EARLY = """
            SELECT early.*, accepted.number
            FROM unnest(?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[])
                 WITH ORDINALITY AS accepted (site, contact, at, filed_after, number)
            CROSS JOIN LATERAL (
                SELECT * FROM reply
                WHERE reply.site = accepted.site AND reply.contact = accepted.contact
                  AND reply.received_at > accepted.at AND reply.filed_at > accepted.filed_after
                FOR UPDATE) AS early
            """;

    private static final String LOCK = "SELECT * FROM reply WHERE site = ? AND sid = ? FOR UPDATE";

    private static final String ONE = "SELECT * FROM reply WHERE site = ? AND sid = ?";

    private static final String CANDIDATES =
            "SELECT candidates::text, candidate_count FROM reply WHERE site = ? AND sid = ?";

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

    /** A reply with all that matching found for it. */
    record Fresh(Reply reply, Match match) {

        private Outcomes outcomes() {
            return match.outcomes();
        }
    }

    /** Stores what is new and returns it; a text that was stored before stays as it is. */
    List<Reply> add(Collection<Fresh> fresh) {
        List<Reply> replies = fresh.stream().map(Fresh::reply).toList();
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
                Columns.of(replies, one -> one.state() == Reply.State.ASSIGNED),
                Columns.of(fresh, one -> one.outcomes().strategy()),
                Columns.of(fresh, one -> one.outcomes().outbound()),
                Columns.of(fresh, one -> one.outcomes().opened()),
                Columns.of(fresh, one -> one.outcomes().intake()),
                Columns.of(fresh, one -> lines(one.outcomes().all())),
                Columns.of(fresh, one -> one.outcomes().allCount()),
                Columns.json(fresh, one -> one.match().candidates().best()),
                Columns.of(fresh, one -> one.match().candidates().total()),
                Columns.of(replies, one -> one.text().erasedAt())));
        List<Reply> stored =
                replies.stream().filter(reply -> added.contains(Key.of(reply))).toList();
        moves.stand(stored);
        return stored;
    }

    /** Replies that were filed without knowing of these texts, locked. */
    List<Late> filedTooEarly(List<Acceptance> acceptances, Duration window) {
        return jdbc.query(
                FILED_TOO_EARLY,
                (row, number) -> new Late(reply(row, number), acceptances.get(row.getInt("number") - 1)),
                Columns.of(acceptances, one -> one.conversation().site()),
                Columns.of(acceptances, one -> one.conversation().contact()),
                Columns.of(acceptances, Acceptance::at),
                Columns.of(acceptances, one -> one.writtenAt().minus(window)));
    }

    /** Stores anew what matching found, whether or not the reply moves. */
    void found(List<Fresh> fresh) {
        if (!fresh.isEmpty()) {
            jdbc.update(
                    FOUND,
                    Columns.of(fresh, one -> one.reply().text().conversation().site()),
                    Columns.of(fresh, one -> one.reply().text().sid()),
                    Columns.of(fresh, one -> one.outcomes().strategy()),
                    Columns.of(fresh, one -> one.match().filing().rule()),
                    Columns.json(fresh, one -> one.match().filing().explanation()),
                    Columns.of(fresh, one -> one.outcomes().outbound()),
                    Columns.of(fresh, one -> one.outcomes().opened()),
                    Columns.of(fresh, one -> one.outcomes().intake()),
                    Columns.of(fresh, one -> lines(one.outcomes().all())),
                    Columns.of(fresh, one -> one.outcomes().allCount()),
                    Columns.json(fresh, one -> one.match().candidates().best()),
                    Columns.of(fresh, one -> one.match().candidates().total()));
        }
    }

    /** No id holds a line break. */
    private static @Nullable String lines(List<CaseRef> cases) {
        return cases.isEmpty()
                ? null
                : String.join("\n", cases.stream().map(CaseRef::toString).toList());
    }

    /** The cases that were looked at when a reply was filed or last matched; empty when there is no such reply. */
    public Optional<Candidates> candidates(String site, String sid) {
        return jdbc.query(CANDIDATES, (row, number) -> candidates(row), site, sid).stream()
                .findFirst();
    }

    private static Candidates candidates(ResultSet row) throws SQLException {
        String best = row.getString("candidates");
        return best == null
                ? Candidates.NONE
                : new Candidates(
                        List.of(WireJson.MAPPER.readValue(best, Candidate[].class)), row.getInt("candidate_count"));
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
                Columns.time(row, "received_at"),
                Columns.timeOrNull(row, "erased_at"));
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

package org.casewire.routing.reply;

import java.util.List;
import org.casewire.events.CaseRef;
import org.casewire.events.page.Cursor;
import org.casewire.events.page.PageRequest;
import org.casewire.routing.list.Where;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Received texts, newest first, by what is asked of them. */
@Repository
public class ReceivedLog {

    /** Nobody counts further by looking, and counting all of a million texts would make everybody wait. */
    public static final int COUNTED = 10_000;

    private static final String OF_SITE = """
            SELECT reply.* FROM reply
            WHERE %s
            ORDER BY reply.received_at DESC, reply.sid DESC
            LIMIT ?
            """;

    private static final String OF_CASE = """
            SELECT reply.*
            FROM reply_case AS link JOIN reply ON reply.site = link.site AND reply.sid = link.sid
            WHERE %s
            ORDER BY link.received_at DESC, link.sid DESC
            LIMIT ?
            """;

    private static final String COUNT = """
            SELECT count(*) FILTER (WHERE assigned) AS assigned, count(*) FILTER (WHERE NOT assigned) AS unassigned
            FROM (SELECT reply.assigned FROM %s WHERE %s LIMIT ?) AS counted
            """;

    private final JdbcTemplate jdbc;

    ReceivedLog(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How many texts there are of each state.
     *
     * @param capped whether there are more: then only so many were counted
     */
    public record Totals(long assigned, long unassigned, boolean capped) {}

    /** A page of what was asked for. */
    public List<Reply> page(ReceivedFilter filter, PageRequest page) {
        return page(filter, page.after(), page.oneMore());
    }

    /** What comes after a place in the list. */
    public List<Reply> page(ReceivedFilter filter, Cursor after, int limit) {
        boolean ofCase = filter.caseRef() != null;
        Where where = where(filter)
                .and(filter.state().condition())
                .and(
                        ofCase
                                ? "(link.received_at, link.sid) < (?::timestamptz, ?)"
                                : "(reply.received_at, reply.sid) < (?::timestamptz, ?)",
                        after.at().toString(),
                        after.ref());
        return jdbc.query((ofCase ? OF_CASE : OF_SITE).formatted(where.sql()), Replies::reply, where.values(limit));
    }

    /** Counts what was asked for, whatever the state. */
    public Totals totals(ReceivedFilter filter) {
        String from = filter.caseRef() == null
                ? "reply"
                : "reply_case AS link JOIN reply ON reply.site = link.site AND reply.sid = link.sid";
        Totals all = count(from, where(filter), COUNTED + 1);
        boolean capped = all.assigned() + all.unassigned() > COUNTED;
        if (!capped) {
            return all;
        }
        // What a person must file is what the count is looked at for.
        Totals waiting = count(from, where(filter).and(StateFilter.UNASSIGNED.condition()), COUNTED);
        return new Totals(all.assigned(), Math.max(all.unassigned(), waiting.unassigned()), true);
    }

    private Totals count(String from, Where where, int limit) {
        return jdbc.query(
                        COUNT.formatted(from, where.sql()),
                        (row, number) -> new Totals(row.getLong("assigned"), row.getLong("unassigned"), false),
                        where.values(limit))
                .getFirst();
    }

    private static Where where(ReceivedFilter filter) {
        CaseRef ref = filter.caseRef();
        String table = ref == null ? "reply" : "link";
        Where where = Where.of(table + ".site = ?", filter.site());
        if (ref != null) {
            where.and("link.kind = ?", ref.kind().name()).and("link.case_id = ?", ref.id());
        }
        return where.andIf("reply.contact = ?", filter.contact())
                .and(
                        table + ".received_at >= ?::timestamptz",
                        filter.period().from().toString())
                .and(
                        table + ".received_at < ?::timestamptz",
                        filter.period().until().toString());
    }
}

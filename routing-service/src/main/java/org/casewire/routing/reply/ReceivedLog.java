package org.casewire.routing.reply;

import java.util.Collection;
import java.util.List;
import org.casewire.events.CaseRef;
import org.casewire.events.page.Cursor;
import org.casewire.events.page.PageRequest;
import org.casewire.events.rows.Columns;
import org.casewire.routing.list.Where;
import org.casewire.routing.search.Unindexed.Text;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Received texts, newest first, by what is asked of them. */
@Repository
public class ReceivedLog {

    /** Nobody counts further by looking, and counting all of a million texts would make everybody wait. */
    public static final int COUNTED = 10_000;

    /** A search reads as many places of a table as it finds texts, so fewer of them are counted. */
    public static final int COUNTED_FOUND = 1_000;

    private static final String PAGE = """
            SELECT reply.* FROM %s
            WHERE %s
            ORDER BY %s.received_at DESC, %3$s.sid DESC
            LIMIT ?
            """;

    private static final String BY_KEY = """
            SELECT reply.*
            FROM unnest(?::text[], ?::text[]) AS wanted (site, sid)
            JOIN reply ON reply.site = wanted.site AND reply.sid = wanted.sid
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

    /** Those of these texts that are there. */
    public List<Reply> of(Collection<Text> texts) {
        return texts.isEmpty()
                ? List.of()
                : jdbc.query(BY_KEY, Replies::reply, Columns.of(texts, Text::site), Columns.of(texts, Text::ref));
    }

    /** A page of what was asked for. */
    public List<Reply> page(ReceivedFilter filter, PageRequest page) {
        return page(filter, page.after(), page.oneMore());
    }

    /** What comes after a place in the list. */
    public List<Reply> page(ReceivedFilter filter, Cursor after, int limit) {
        String key = keyOf(filter);
        Where where = where(filter)
                .and(filter.state().condition())
                .and(
                        "(" + key + ".received_at, " + key + ".sid) < (?::timestamptz, ?)",
                        after.at().toString(),
                        after.ref());
        return jdbc.query(PAGE.formatted(from(filter), where.sql(), key), Replies::reply, where.values(limit));
    }

    /** Counts what was asked for, whatever the state. */
    public Totals totals(ReceivedFilter filter) {
        int most = filter.text() == null ? COUNTED : COUNTED_FOUND;
        Totals all = count(filter, where(filter), most + 1);
        if (all.assigned() + all.unassigned() <= most) {
            return all;
        }
        // What a person must file is what the count is looked at for.
        Totals waiting = count(filter, where(filter).and(StateFilter.UNASSIGNED.condition()), most);
        return new Totals(
                Math.min(all.assigned(), most), Math.max(Math.min(all.unassigned(), most), waiting.unassigned()), true);
    }

    private Totals count(ReceivedFilter filter, Where where, int limit) {
        return jdbc.query(
                        COUNT.formatted(from(filter), where.sql()),
                        (row, number) -> new Totals(row.getLong("assigned"), row.getLong("unassigned"), false),
                        where.values(limit))
                .getFirst();
    }

    /** The table whose key is the order of the list. */
    private static String keyOf(ReceivedFilter filter) {
        return filter.caseRef() != null ? "link" : filter.text() != null ? "found" : "reply";
    }

    private static String from(ReceivedFilter filter) {
        return "reply"
                + (filter.caseRef() == null
                        ? ""
                        : " JOIN reply_case AS link ON link.site = reply.site AND link.sid = reply.sid")
                + (filter.text() == null
                        ? ""
                        : " JOIN reply_words AS found ON found.site = reply.site"
                                + " AND found.received_at = reply.received_at AND found.sid = reply.sid");
    }

    private static Where where(ReceivedFilter filter) {
        CaseRef ref = filter.caseRef();
        String key = keyOf(filter);
        Where where = Where.of(key + ".site = ?", filter.site());
        if (ref != null) {
            where.and("link.kind = ?", ref.kind().name()).and("link.case_id = ?", ref.id());
        }
        return where.andIf("found.words @@ ?::tsquery", filter.text())
                .andIf("reply.contact = ?", filter.contact())
                .and(
                        key + ".received_at >= ?::timestamptz",
                        filter.period().from().toString())
                .and(
                        key + ".received_at < ?::timestamptz",
                        filter.period().until().toString());
    }
}

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

    /** Texts that are found lie scattered, so fewer of them are counted. */
    public static final int COUNTED_FOUND = 500;

    /** A word that many texts have is soon met among the newest; the index is asked for what is rarer. */
    private static final int LOOKED_THROUGH = 5_000;

    private static final String NEWEST =
            """
            (SELECT * FROM (SELECT * FROM reply_words AS newest WHERE %s
                            ORDER BY newest.received_at DESC, newest.sid DESC LIMIT
            """.strip() + " " + LOOKED_THROUGH + ") AS newest WHERE newest.words @@ ?::tsquery)";

    private static final String WORDED =
            "(SELECT * FROM reply_words AS newest WHERE %s AND newest.words @@ ?::tsquery OFFSET 0)";

    private static final String FOUND = """
            SELECT reply.* FROM %s AS found JOIN reply ON reply.site = found.site AND reply.sid = found.sid
            WHERE %s
            ORDER BY found.received_at DESC, found.sid DESC
            LIMIT ?
            """;

    /** As many as are wanted before they are looked up, where every one of them is wanted. */
    private static final String FIRST =
            "(SELECT * FROM %s AS worded ORDER BY worded.received_at DESC, worded.sid DESC LIMIT %d)";

    private static final String COUNT_FOUND = """
            SELECT count(*) FILTER (WHERE assigned) AS assigned, count(*) FILTER (WHERE NOT assigned) AS unassigned
            FROM (SELECT reply.assigned
                  FROM %s AS found JOIN reply ON reply.site = found.site AND reply.sid = found.sid LIMIT ?) AS counted
            """;

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
        if (filter.isASearchOfTheWholeSite()) {
            List<Reply> newest = found(NEWEST, filter, after, limit);
            return newest.size() < limit ? found(WORDED, filter, after, limit) : newest;
        }
        String key = keyOf(filter);
        Where where = where(filter)
                .and(filter.state().condition())
                .and(
                        "(" + key + ".received_at, " + key + ".sid) < (?::timestamptz, ?)",
                        after.at().toString(),
                        after.ref());
        return jdbc.query(PAGE.formatted(from(filter), where.sql(), key), Replies::reply, where.values(limit));
    }

    private List<Reply> found(String among, ReceivedFilter filter, Cursor after, int limit) {
        Where newest = ofSite("newest", filter)
                .and(
                        "(newest.received_at, newest.sid) < (?::timestamptz, ?)",
                        after.at().toString(),
                        after.ref());
        Where where = Where.of(filter.state().condition());
        String worded = among.formatted(newest.sql());
        boolean everyOne = filter.state() == StateFilter.ALL;
        return jdbc.query(
                FOUND.formatted(everyOne ? FIRST.formatted(worded, limit) : worded, where.sql()),
                Replies::reply,
                newest.values(String.valueOf(filter.text()), where.values(limit)));
    }

    /** Counts what was asked for, whatever the state. */
    public Totals totals(ReceivedFilter filter) {
        if (filter.isASearchOfTheWholeSite()) {
            Totals newest = countFound(NEWEST, filter);
            return newest.capped() ? newest : countFound(WORDED, filter);
        }
        Totals all = count(filter, where(filter), COUNTED + 1);
        if (all.assigned() + all.unassigned() <= COUNTED) {
            return all;
        }
        // What a person must file is what the count is looked at for.
        Totals waiting = count(filter, where(filter).and(StateFilter.UNASSIGNED.condition()), COUNTED);
        return new Totals(
                Math.min(all.assigned(), COUNTED),
                Math.max(Math.min(all.unassigned(), COUNTED), waiting.unassigned()),
                true);
    }

    private Totals countFound(String among, ReceivedFilter filter) {
        Where newest = ofSite("newest", filter);
        Totals all = jdbc.query(
                        COUNT_FOUND.formatted(FIRST.formatted(among.formatted(newest.sql()), COUNTED_FOUND + 1)),
                        (row, number) -> new Totals(row.getLong("assigned"), row.getLong("unassigned"), false),
                        newest.values(String.valueOf(filter.text()), COUNTED_FOUND + 1))
                .getFirst();
        return new Totals(all.assigned(), all.unassigned(), all.assigned() + all.unassigned() > COUNTED_FOUND);
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
        return filter.caseRef() != null ? "link" : "reply";
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

    private static Where ofSite(String table, ReceivedFilter filter) {
        return Where.of(table + ".site = ?", filter.site())
                .and(
                        table + ".received_at >= ?::timestamptz",
                        filter.period().from().toString())
                .and(
                        table + ".received_at < ?::timestamptz",
                        filter.period().until().toString());
    }

    private static Where where(ReceivedFilter filter) {
        CaseRef ref = filter.caseRef();
        Where where = ofSite(keyOf(filter), filter);
        if (ref != null) {
            where.and("link.kind = ?", ref.kind().name()).and("link.case_id = ?", ref.id());
        }
        return where.andIf("reply.contact = ?", filter.contact()).andIf("found.words @@ ?::tsquery", filter.text());
    }
}

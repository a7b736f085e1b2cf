package org.casewire.routing.sent;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.casewire.events.CaseRef;
import org.casewire.events.page.Cursor;
import org.casewire.routing.list.Place;
import org.casewire.routing.list.Place.OfSent;
import org.casewire.routing.list.Where;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Sent texts, newest first, by what is asked of them. */
@Repository
public class SentTexts {

    /** Nobody counts further by looking, and counting all of a million texts would make everybody wait. */
    public static final int COUNTED = 10_000;

    /** Texts that are found lie scattered, so fewer of them are counted. */
    public static final int COUNTED_FOUND = 500;

    /** A word that many texts have is soon met among the newest; the index is asked for what is rarer. */
    private static final int LOOKED_THROUGH = 5_000;

    private static final Comparator<SentMessage> NEWEST_FIRST = Comparator.comparing(SentMessage::at)
            .thenComparing(message -> message.messageId().toString())
            .reversed();

    private static final String PAGE = """
            SELECT message.* FROM sent_message AS message %s
            WHERE %s
            ORDER BY message.at DESC, message.message_id DESC
            LIMIT ?
            """;

    private static final String NEWEST =
            """
            (SELECT * FROM (SELECT * FROM sent_words AS newest WHERE %s
                            ORDER BY newest.at DESC, newest.message_id DESC LIMIT
            """.strip() + " " + LOOKED_THROUGH + ") AS newest WHERE newest.words @@ ?::tsquery)";

    private static final String WORDED =
            "(SELECT * FROM sent_words AS newest WHERE %s AND newest.words @@ ?::tsquery OFFSET 0)";

    private static final String FOUND = """
            SELECT message.* FROM %s AS found
            JOIN sent_message AS message ON message.site = found.site AND message.message_id = found.message_id
            WHERE %s
            ORDER BY found.at DESC, found.message_id DESC
            LIMIT ?
            """;

    /** As many as are wanted before they are looked up, where every one of them is wanted. */
    private static final String FIRST =
            "(SELECT * FROM %s AS worded ORDER BY worded.at DESC, worded.message_id DESC LIMIT %d)";

    private static final String COUNT_FOUND = """
            SELECT status, count(*) AS number
            FROM (SELECT message.status FROM %s AS found
                  JOIN sent_message AS message ON message.site = found.site AND message.message_id = found.message_id
                  WHERE %s LIMIT ?) AS counted
            GROUP BY status
            """;

    /** Each status by the index that has it in order, so that the few failures among a million are all counted. */
    private static final String COUNT_EACH = """
            SELECT wanted.status,
                   (SELECT count(*) FROM (SELECT FROM sent_message AS message
                                          WHERE message.status = wanted.status AND %s LIMIT ?) AS counted) AS number
            FROM unnest(?::text[]) AS wanted (status)
            """;

    private static final String COUNT = """
            SELECT status, count(*) AS number
            FROM (SELECT message.status FROM sent_message AS message %s WHERE %s LIMIT ?) AS counted
            GROUP BY status
            """;

    private static final String WITH_WORDS = """
            JOIN sent_words AS found
              ON found.site = message.site AND found.at = message.at AND found.message_id = message.message_id
            """;

    private final JdbcTemplate jdbc;

    SentTexts(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How many texts there are of each status.
     *
     * @param capped whether there are more: then only so many were counted
     */
    public record Totals(Map<MessageStatus, Long> byStatus, boolean capped) {}

    /** What comes after a place in the list. */
    public List<SentMessage> page(SentFilter filter, Cursor after, int limit) {
        OfSent place = Place.sentAfter(after);
        return switch (filter.statuses().size()) {
            case 0 -> page(filter, null, place, limit);
            case 1 -> page(filter, filter.statuses().getFirst(), place, limit);
            default ->
                filter.statuses().stream()
                        .distinct()
                        .flatMap(status -> page(filter, status, place, limit).stream())
                        .sorted(NEWEST_FIRST)
                        .limit(limit)
                        .toList();
        };
    }

    private List<SentMessage> page(SentFilter filter, @Nullable MessageStatus status, OfSent after, int limit) {
        if (filter.isASearchOfTheWholeSite()) {
            List<SentMessage> newest = found(NEWEST, filter, status, after, limit);
            return newest.size() < limit ? found(WORDED, filter, status, after, limit) : newest;
        }
        Where where = about(filter).andIf("message.status = ?", status);
        after("message", after, where);
        return jdbc.query(PAGE.formatted(words(filter), where.sql()), SentMessages::message, where.values(limit));
    }

    private List<SentMessage> found(
            String among, SentFilter filter, @Nullable MessageStatus status, OfSent after, int limit) {
        Where newest = ofSite("newest", filter);
        after("newest", after, newest);
        Where where = Where.of("true").andIf("message.status = ?", status);
        String worded = among.formatted(newest.sql());
        return jdbc.query(
                FOUND.formatted(status == null ? FIRST.formatted(worded, limit) : worded, where.sql()),
                SentMessages::message,
                newest.values(String.valueOf(filter.text()), where.values(limit)));
    }

    private static void after(String table, OfSent after, Where where) {
        where.and(
                "(" + table + ".at, " + table + ".message_id) < (?::timestamptz, ?::uuid)",
                after.at().toString(),
                after.messageId().toString());
    }

    /** Counts what was asked for. */
    public Totals totals(SentFilter filter) {
        if (filter.isASearchOfTheWholeSite()) {
            Totals newest = totals(countFound(NEWEST, filter), COUNTED_FOUND, false);
            return newest.capped() ? newest : totals(countFound(WORDED, filter), COUNTED_FOUND, false);
        }
        String[] statuses = statuses(filter);
        if (filter.isOfTheWholeSite()) {
            Where where = ofSite("message", filter);
            return totals(count(COUNT_EACH.formatted(where.sql()), where.values(COUNTED + 1, statuses)), COUNTED, true);
        }
        Where where = about(filter).and("message.status = ANY (?::text[])", (Object) statuses);
        return totals(count(COUNT.formatted(words(filter), where.sql()), where.values(COUNTED + 1)), COUNTED, false);
    }

    private Map<MessageStatus, Long> countFound(String among, SentFilter filter) {
        Where newest = ofSite("newest", filter);
        Where where = Where.of("message.status = ANY (?::text[])", (Object) statuses(filter));
        String worded = among.formatted(newest.sql());
        boolean everyOne = filter.statuses().isEmpty();
        return count(
                COUNT_FOUND.formatted(everyOne ? FIRST.formatted(worded, COUNTED_FOUND + 1) : worded, where.sql()),
                newest.values(String.valueOf(filter.text()), where.values(COUNTED_FOUND + 1)));
    }

    private static String[] statuses(SentFilter filter) {
        List<MessageStatus> wanted =
                filter.statuses().isEmpty() ? Arrays.asList(MessageStatus.values()) : filter.statuses();
        return wanted.stream().map(Enum::name).toArray(String[]::new);
    }

    private Map<MessageStatus, Long> count(String statement, Object[] values) {
        Map<MessageStatus, Long> counts = new EnumMap<>(MessageStatus.class);
        jdbc.query(
                statement,
                row -> {
                    counts.put(MessageStatus.valueOf(row.getString("status")), row.getLong("number"));
                },
                values);
        return counts;
    }

    /** @param each whether every status was counted by itself */
    private static Totals totals(Map<MessageStatus, Long> counts, int most, boolean each) {
        LongStream all = counts.values().stream().mapToLong(Long::longValue);
        boolean capped = (each ? all.max().orElse(0) : all.sum()) > most;
        counts.values().removeIf(count -> count == 0);
        counts.replaceAll((status, count) -> Math.min(count, most));
        return new Totals(counts, capped);
    }

    private static String words(SentFilter filter) {
        return filter.text() == null ? "" : WITH_WORDS;
    }

    private static Where ofSite(String table, SentFilter filter) {
        return Where.of(table + ".site = ?", filter.site())
                .and(table + ".at >= ?::timestamptz", filter.period().from().toString())
                .and(table + ".at < ?::timestamptz", filter.period().until().toString());
    }

    /** Of one person or case, where few texts are looked through. */
    private static Where about(SentFilter filter) {
        CaseRef ref = filter.caseRef();
        Where where = ofSite("message", filter);
        if (ref != null) {
            where.and("message.case_kind = ?", ref.kind().name()).and("message.case_id = ?", ref.id());
        }
        return where.andIf("message.contact = ?", filter.contact()).andIf("found.words @@ ?::tsquery", filter.text());
    }
}

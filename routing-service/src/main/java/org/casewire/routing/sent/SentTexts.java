package org.casewire.routing.sent;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.casewire.events.CaseRef;
import org.casewire.events.page.Cursor;
import org.casewire.events.rows.Columns;
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

    /** A search reads as many places of a table as it finds texts, so fewer of them are counted. */
    public static final int COUNTED_FOUND = 1_000;

    private static final Comparator<SentMessage> NEWEST_FIRST = Comparator.comparing(SentMessage::at)
            .thenComparing(message -> message.messageId().toString())
            .reversed();

    private static final String PAGE = """
            SELECT message.* FROM %s
            WHERE %s
            ORDER BY %s.at DESC, %3$s.message_id DESC
            LIMIT ?
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
            FROM (SELECT message.status FROM %s WHERE %s LIMIT ?) AS counted
            GROUP BY status
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
        String key = keyOf(filter);
        Where where = where(filter)
                .andIf("message.status = ?", status)
                .and(
                        "(" + key + ".at, " + key + ".message_id) < (?::timestamptz, ?::uuid)",
                        after.at().toString(),
                        after.messageId().toString());
        return jdbc.query(PAGE.formatted(from(filter), where.sql(), key), SentMessages::message, where.values(limit));
    }

    /** Counts what was asked for. */
    public Totals totals(SentFilter filter) {
        int most = filter.text() == null ? COUNTED : COUNTED_FOUND;
        List<MessageStatus> wanted =
                filter.statuses().isEmpty() ? Arrays.asList(MessageStatus.values()) : filter.statuses();
        Map<MessageStatus, Long> counts = new EnumMap<>(MessageStatus.class);
        boolean each = filter.isOfTheWholeSite();
        Where where = each
                ? where(filter)
                : where(filter).and("message.status = ANY (?::text[])", (Object) Columns.of(wanted, status -> status));
        jdbc.query(
                each ? COUNT_EACH.formatted(where.sql()) : COUNT.formatted(from(filter), where.sql()),
                row -> {
                    counts.put(MessageStatus.valueOf(row.getString("status")), row.getLong("number"));
                },
                each ? where.values(most + 1, Columns.of(wanted, status -> status)) : where.values(most + 1));
        counts.values().removeIf(count -> count == 0);
        LongStream all = counts.values().stream().mapToLong(Long::longValue);
        boolean capped = (each ? all.max().orElse(0) : all.sum()) > most;
        counts.replaceAll((status, count) -> Math.min(count, most));
        return new Totals(counts, capped);
    }

    /** The table whose key is the order of the list. */
    private static String keyOf(SentFilter filter) {
        return filter.text() == null ? "message" : "found";
    }

    private static String from(SentFilter filter) {
        return "sent_message AS message"
                + (filter.text() == null
                        ? ""
                        : " JOIN sent_words AS found ON found.site = message.site"
                                + " AND found.at = message.at AND found.message_id = message.message_id");
    }

    private static Where where(SentFilter filter) {
        CaseRef ref = filter.caseRef();
        String key = keyOf(filter);
        Where where = Where.of(key + ".site = ?", filter.site());
        if (ref != null) {
            where.and("message.case_kind = ?", ref.kind().name()).and("message.case_id = ?", ref.id());
        }
        return where.andIf("found.words @@ ?::tsquery", filter.text())
                .andIf("message.contact = ?", filter.contact())
                .and(key + ".at >= ?::timestamptz", filter.period().from().toString())
                .and(key + ".at < ?::timestamptz", filter.period().until().toString());
    }
}

package org.casewire.outbound.consent;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.casewire.events.ConsentEvent.Evidence;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.ConsentEvent.State;
import org.casewire.events.Conversation;
import org.casewire.events.rows.Columns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Reads the ledger: a page of one number's, or all of a site's. */
@Repository
class LedgerPages {

    private static final String COLUMNS = """
            SELECT id, site, contact, state, source, categories, evidence::text AS evidence, at, noted_at, moved, remark
            FROM consent_entry
            """;

    private static final String NEWEST = COLUMNS + """
            WHERE site = ? AND contact = ? AND (at, id) < (?::timestamptz, ?::bigint)
            ORDER BY at DESC, id DESC
            LIMIT ?
            """;

    private static final String WHOLE = COLUMNS + "WHERE site = ? ORDER BY id";

    private static final Cursor START = new Cursor("infinity", Long.MAX_VALUE);
    private static final int AT_ONCE = 1_000;

    private final JdbcTemplate jdbc;
    private final JdbcTemplate streaming;

    LedgerPages(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.streaming = new JdbcTemplate(java.util.Objects.requireNonNull(jdbc.getDataSource()));
        this.streaming.setFetchSize(AT_ONCE);
    }

    /**
     * What was said once.
     *
     * @param at when it was said
     * @param notedAt when it was heard
     * @param moved whether it came into force
     * @param remark why it did not
     */
    record Entry(
            long id,
            String contact,
            State state,
            Source source,
            List<String> categories,
            @Nullable Evidence evidence,
            Instant at,
            Instant notedAt,
            boolean moved,
            @Nullable String remark) {}

    /** A page, newest first. */
    record Page(List<Entry> items, @Nullable String next) {}

    private record Cursor(String at, long id) {

        String encoded() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((at + " " + id).getBytes(StandardCharsets.UTF_8));
        }

        static Cursor decoded(String cursor) {
            try {
                String[] place =
                        new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", 2);
                return new Cursor(Instant.parse(place[0]).toString(), Long.parseLong(place[1]));
            } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException unreadable) {
                throw ConsentForm.invalid("cursor cannot be read.");
            }
        }
    }

    Page newest(Conversation person, @Nullable String cursor, int limit) {
        Cursor before = cursor == null ? START : Cursor.decoded(cursor);
        List<Entry> found = jdbc.query(
                NEWEST, LedgerPages::entry, person.site(), person.contact(), before.at(), before.id(), limit + 1);
        if (found.size() <= limit) {
            return new Page(found, null);
        }
        Entry last = found.get(limit - 1);
        return new Page(found.subList(0, limit), new Cursor(last.at().toString(), last.id()).encoded());
    }

    /** Hands over every entry of a site in the order it was heard, a few at a time. */
    @Transactional(readOnly = true)
    public void all(String site, Consumer<Entry> reader) {
        RowCallbackHandler each = row -> reader.accept(entry(row, 0));
        streaming.query(WHOLE, each, site);
    }

    private static Entry entry(ResultSet row, int number) throws SQLException {
        return new Entry(
                row.getLong("id"),
                row.getString("contact"),
                State.valueOf(row.getString("state")),
                Source.valueOf(row.getString("source")),
                ConsentStore.categories(row),
                ConsentStore.evidence(row.getString("evidence")),
                Columns.time(row, "at"),
                Columns.time(row, "noted_at"),
                row.getBoolean("moved"),
                row.getString("remark"));
    }
}

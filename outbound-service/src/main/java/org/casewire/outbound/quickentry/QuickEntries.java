package org.casewire.outbound.quickentry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.casewire.events.Template;
import org.casewire.events.page.PageRequest;
import org.casewire.events.rows.Columns;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Owns the table of quick entries. */
@Repository
public class QuickEntries {

    private static final Pattern NAME = Pattern.compile("[^/|\\p{Cntrl}]{1,100}");

    private static final String TEXTS = """
            SELECT site, name, text FROM quick_entry
            WHERE (site, name) IN (SELECT * FROM unnest(?::text[], ?::text[]))
            """;

    private static final String NEWEST = """
            SELECT name, text, updated_at FROM quick_entry
            WHERE site = :site
              AND (updated_at < :before::timestamptz
                   OR (updated_at = :before::timestamptz AND name > :after))
            ORDER BY updated_at DESC, name
            LIMIT :limit
            """;

    private static final String ONE = "SELECT name, text, updated_at FROM quick_entry WHERE site = ? AND name = ?";

    /** A row that an update left has a transaction id in xmax. */
    private static final String PUT = """
            INSERT INTO quick_entry (site, name, text, updated_at) VALUES (?, ?, ?, ?::timestamptz)
            ON CONFLICT (site, name) DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at
            RETURNING xmax = 0
            """;

    private static final String DELETE = "DELETE FROM quick_entry WHERE site = ? AND name = ?";

    private final JdbcTemplate jdbc;
    private final JdbcClient client;
    private final QuickEntryProperties limits;
    private final Clock clock;

    QuickEntries(JdbcTemplate jdbc, JdbcClient client, QuickEntryProperties limits, Clock clock) {
        this.jdbc = jdbc;
        this.client = client;
        this.limits = limits;
        this.clock = clock;
    }

    /** What an entry is called. */
    public record Name(String site, String name) {}

    /** An entry as it stands. */
    record Entry(String name, String text, Instant updatedAt) {

        List<String> placeholders() {
            return new Template(text).placeholders();
        }
    }

    /** The entries of those names that are there, in one query. */
    public Map<Name, Template> find(Collection<Name> names) {
        Map<Name, Template> found = new HashMap<>();
        RowCallbackHandler collect = row ->
                found.put(new Name(row.getString("site"), row.getString("name")), new Template(row.getString("text")));
        jdbc.query(TEXTS, collect, Columns.of(names, Name::site), Columns.of(names, Name::name));
        return found;
    }

    /**
     * Adds an entry or changes it.
     *
     * @return whether it is new
     * @throws IllegalArgumentException with what is wrong with the name or the text
     */
    public boolean put(Name name, String text) {
        check(name.name(), text);
        return client.sql(PUT)
                .params(name.site(), name.name(), text, clock.instant().toString())
                .query(Boolean.class)
                .single();
    }

    private void check(String name, String text) {
        List<String> problems = new Template(text).problems(limits.maxLength());
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name must be 1 to 100 characters without '/', '|' and control characters");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    boolean delete(Name name) {
        return client.sql(DELETE).params(name.site(), name.name()).update() == 1;
    }

    Optional<Entry> one(Name name) {
        return client.sql(ONE)
                .params(name.site(), name.name())
                .query((row, number) -> entry(row))
                .optional();
    }

    List<Entry> newest(String site, PageRequest wanted) {
        return client.sql(NEWEST)
                .param("site", site)
                .param("before", wanted.after().at().toString())
                .param("after", wanted.after().ref())
                .param("limit", wanted.oneMore())
                .query((row, number) -> entry(row))
                .list();
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(row.getString("name"), row.getString("text"), Columns.time(row, "updated_at"));
    }
}

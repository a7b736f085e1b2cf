package org.casewire.outbound.site;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.page.PageRequest;
import org.casewire.events.rows.Columns;
import org.casewire.events.transport.WireJson;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Owns the table of sites. */
@Repository
class SiteStore {

    private static final String ALL = "SELECT document::text, updated_at FROM site ORDER BY site";

    private static final String ONE = "SELECT document::text, updated_at FROM site WHERE site = ?";

    private static final String NEWEST = """
            SELECT document::text, updated_at FROM site
            WHERE (:all OR site = ANY (:sites))
              AND (updated_at < :before::timestamptz
                   OR (updated_at = :before::timestamptz AND site > :after))
            ORDER BY updated_at DESC, site
            LIMIT :limit
            """;

    private static final String ADD = """
            INSERT INTO site (site, document, updated_at) VALUES (:site, :document::jsonb, :updatedAt::timestamptz)
            ON CONFLICT DO NOTHING
            """;

    /** Of two changes at once the later one waits for the other's row and gets the later time, whatever its clock says. */
    private static final String PUT = """
            INSERT INTO site AS known (site, document, updated_at)
            VALUES (:site, :document::jsonb, :updatedAt::timestamptz)
            ON CONFLICT (site) DO UPDATE
            SET document = excluded.document,
                updated_at = greatest(excluded.updated_at, known.updated_at + interval '1 microsecond')
            RETURNING updated_at
            """;

    private static final String LOCK = "SELECT updated_at FROM site WHERE site = ? FOR UPDATE";

    private final JdbcClient jdbc;

    SiteStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<SiteChanged> all() {
        return jdbc.sql(ALL).query((row, number) -> site(row)).list();
    }

    Optional<SiteChanged> one(String site) {
        return jdbc.sql(ONE).param(site).query((row, number) -> site(row)).optional();
    }

    /** @param sites those that may be seen, null for all */
    List<SiteChanged> newest(@Nullable List<String> sites, PageRequest wanted) {
        return jdbc.sql(NEWEST)
                .param("all", sites == null)
                .param("sites", sites == null ? new String[0] : sites.toArray(String[]::new))
                .param("before", wanted.after().at().toString())
                .param("after", wanted.after().ref())
                .param("limit", wanted.oneMore())
                .query((row, number) -> site(row))
                .list();
    }

    private static SiteChanged site(ResultSet row) throws SQLException {
        return new SiteChanged(
                WireJson.MAPPER.readValue(row.getString("document"), SiteDocument.class),
                Columns.time(row, "updated_at"));
    }

    /** Adds a site unless it is there. */
    boolean add(SiteDocument document, Instant now) {
        return jdbc.sql(ADD)
                        .param("site", document.site())
                        .param("document", WireJson.MAPPER.writeValueAsString(document))
                        .param("updatedAt", now.toString())
                        .update()
                == 1;
    }

    /** The time of a site as it stands until the transaction ends, empty when there is none. */
    Optional<Instant> lock(String site) {
        return jdbc.sql(LOCK)
                .param(site)
                .query((row, number) -> Columns.time(row, "updated_at"))
                .optional();
    }

    /** Adds or replaces a site; its time is always later than the one before. */
    SiteChanged put(SiteDocument document, Instant now) {
        Instant updatedAt = jdbc.sql(PUT)
                .param("site", document.site())
                .param("document", WireJson.MAPPER.writeValueAsString(document))
                .param("updatedAt", now.toString())
                .query((row, number) -> Columns.time(row, "updated_at"))
                .single();
        return new SiteChanged(document, updatedAt);
    }
}

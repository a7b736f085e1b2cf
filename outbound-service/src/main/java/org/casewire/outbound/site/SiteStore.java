package org.casewire.outbound.site;

import java.time.Instant;
import java.util.List;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.transport.WireJson;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Owns the table of sites. */
@Repository
class SiteStore {

    private static final String ALL = "SELECT document::text, updated_at FROM site ORDER BY site";

    private static final String ADD = """
            INSERT INTO site (site, document, updated_at) VALUES (:site, :document::jsonb, :updatedAt::timestamptz)
            ON CONFLICT DO NOTHING
            """;

    private final JdbcClient jdbc;

    SiteStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<SiteChanged> all() {
        return jdbc.sql(ALL)
                .query((row, number) -> new SiteChanged(
                        WireJson.MAPPER.readValue(row.getString("document"), SiteDocument.class),
                        row.getTimestamp("updated_at").toInstant()))
                .list();
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
}

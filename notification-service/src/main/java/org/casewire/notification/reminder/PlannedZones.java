package org.casewire.notification.reminder;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.rows.Columns;
import org.casewire.events.site.Sites;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The zone of each site by which entries without one of their own are planned, for all instances: each of them hears of
 * a site's new zone at another moment, and the reminders of a site are of one zone at any moment.
 */
@Component
class PlannedZones {

    private static final String HOLD = """
            SELECT site, time_zone FROM planned_zones WHERE site = ANY (:sites::text[]) ORDER BY site FOR SHARE
            """;

    private static final String ADD = """
            INSERT INTO planned_zones (site, time_zone, updated_at)
            SELECT * FROM unnest(:sites::text[], :zones::text[], :times::timestamptz[])
            ON CONFLICT (site) DO NOTHING
            """;

    private static final String STANDING = "SELECT time_zone FROM planned_zones WHERE site = :site FOR UPDATE";

    /** Nothing where a later change was followed before. */
    private static final String TURN = """
            INSERT INTO planned_zones AS known (site, time_zone, updated_at)
            VALUES (:site, :zone, :updated::timestamptz)
            ON CONFLICT (site) DO UPDATE SET time_zone = excluded.time_zone, updated_at = excluded.updated_at
            WHERE excluded.updated_at > known.updated_at
            RETURNING site
            """;

    private final JdbcClient jdbc;
    private final Sites sites;

    PlannedZones(JdbcClient jdbc, Sites sites) {
        this.jdbc = jdbc;
        this.sites = sites;
    }

    private record Zone(String site, ZoneId zone) {}

    /** What these sites are planned by, until the running transaction ends. */
    Map<String, ZoneId> hold(Collection<String> wanted) {
        Map<String, ZoneId> held = held(wanted);
        Set<String> missing = new HashSet<>(wanted);
        missing.removeAll(held.keySet());
        if (!missing.isEmpty()) {
            add(missing.stream().sorted().map(this::asKnownHere).toList());
            held.putAll(held(missing));
        }
        return held;
    }

    private Map<String, ZoneId> held(Collection<String> wanted) {
        Map<String, ZoneId> held = new HashMap<>();
        if (!wanted.isEmpty()) {
            jdbc.sql(HOLD)
                    .param("sites", Columns.of(wanted, site -> site))
                    .query(PlannedZones::zone)
                    .list()
                    .forEach(one -> held.put(one.site(), one.zone()));
        }
        return held;
    }

    private record Known(String site, ZoneId zone, Instant updatedAt) {}

    /** The calendar of a site may come before the site. */
    private Known asKnownHere(String site) {
        return sites.latest().stream()
                .filter(changed -> changed.site().equals(site))
                .findFirst()
                .map(PlannedZones::known)
                .orElseGet(() -> new Known(site, ZoneOffset.UTC, Instant.EPOCH));
    }

    private static Known known(SiteChanged changed) {
        return new Known(changed.site(), changed.document().timeZone(), changed.updatedAt());
    }

    private void add(List<Known> missing) {
        jdbc.sql(ADD)
                .param("sites", Columns.of(missing, Known::site))
                .param("zones", Columns.of(missing, Known::zone))
                .param("times", Columns.of(missing, Known::updatedAt))
                .update();
    }

    /** Plans the site by what was changed now; whether that is another zone than the one it was planned by. */
    boolean turn(SiteChanged changed) {
        Known now = known(changed);
        Optional<String> standing =
                jdbc.sql(STANDING).param("site", now.site()).query(String.class).optional();
        boolean isTaken = jdbc.sql(TURN)
                .param("site", now.site())
                .param("zone", now.zone().getId())
                .param("updated", now.updatedAt().toString())
                .query(String.class)
                .optional()
                .isPresent();
        return isTaken && !standing.equals(Optional.of(now.zone().getId()));
    }

    private static Zone zone(ResultSet row, int number) throws SQLException {
        return new Zone(row.getString("site"), ZoneId.of(row.getString("time_zone")));
    }
}

package org.casewire.notification.alert;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.casewire.events.rows.Columns;
import org.casewire.events.transport.TraceParent;
import org.casewire.notification.alert.Alerts.Withdrawal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Compares the alerts that stand with where the texts stand, some cases at a time. Both change in one transaction, and
 * the unread count is counted from the list itself: what differs was changed by somebody else (a restored backup, a
 * statement by hand). It is repaired and reported.
 */
@Component
class AlertCheck {

    private static final Logger log = LoggerFactory.getLogger(AlertCheck.class);
    private static final int CASES = 500;

    /** One instance looks at a time; any number will do, as long as all use the same one. */
    private static final String BECOME_CHECKER = "SELECT pg_try_advisory_xact_lock(" + 0x616c65727473L + ")";

    private static final String NEXT_CASES = """
            SELECT DISTINCT site, kind, case_id FROM alerts
            WHERE dismissed_at IS NULL AND (site, kind, case_id) > (:site, :kind, :case)
              AND (:only::text IS NULL OR site = :only)
            ORDER BY site, kind, case_id
            LIMIT :limit
            """;

    private static final String COMPARE = """
            SELECT alert_id,
                   NOT coalesce(filings @> jsonb_build_array(jsonb_build_object('alertId', alert_id)), false) AS stray,
                   coalesce(replies.preview = :erased AND alerts.preview <> :erased, false) AS worded
            FROM alerts JOIN unnest(:sites::text[], :kinds::text[], :cases::text[]) AS looked_at (site, kind, case_id)
                   USING (site, kind, case_id)
            LEFT JOIN replies USING (site, sid)
            WHERE dismissed_at IS NULL
            """;

    private static final String ERASE = "UPDATE alerts SET preview = :erased WHERE alert_id = ANY (:alerts::uuid[])";

    private final JdbcClient jdbc;
    private final Alerts alerts;
    private final Clock clock;
    private final Counter strays;
    private final Counter words;

    AlertCheck(JdbcClient jdbc, Alerts alerts, Clock clock, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.alerts = alerts;
        this.clock = clock;
        this.strays = meters.counter("casewire.alerts.drift", "kind", "stray");
        this.words = meters.counter("casewire.alerts.drift", "kind", "words");
    }

    /** A case, in the order they are looked at. */
    record Place(String site, String kind, String caseId) {

        static final Place FIRST = new Place("", "", "");
    }

    /**
     * What was looked at and repaired.
     *
     * @param checked standing alerts
     * @param withdrawn those whose text stands elsewhere
     * @param erased those that still showed words of an erased text
     */
    record Repairs(int checked, int withdrawn, int erased) {

        static final Repairs NONE = new Repairs(0, 0, 0);

        Repairs plus(Repairs other) {
            return new Repairs(checked + other.checked, withdrawn + other.withdrawn, erased + other.erased);
        }
    }

    /** @param next where to go on; empty when there is no more to look at, or another instance is looking */
    record Slice(Repairs repairs, Optional<Place> next) {}

    private record Compared(UUID alertId, boolean stray, boolean worded) {}

    /** Looks at the next cases of all sites, unless another instance does. */
    @Transactional
    Slice checkNext(Place after) {
        boolean mine = jdbc.sql(BECOME_CHECKER).query(Boolean.class).single();
        return mine ? check(after, Optional.empty()) : new Slice(Repairs.NONE, Optional.empty());
    }

    /** Looks at the next cases of one site, whoever else is looking. */
    @Transactional
    Slice checkSite(Place after, String site) {
        return check(after, Optional.of(site));
    }

    private Slice check(Place after, Optional<String> site) {
        List<Place> places = jdbc.sql(NEXT_CASES)
                .param("site", after.site())
                .param("kind", after.kind())
                .param("case", after.caseId())
                .param("only", site.orElse(null))
                .param("limit", CASES)
                .query((row, number) -> new Place(row.getString(1), row.getString(2), row.getString(3)))
                .list();
        if (places.isEmpty()) {
            return new Slice(Repairs.NONE, Optional.empty());
        }
        List<Compared> compared = jdbc.sql(COMPARE)
                .param("erased", Erasures.ERASED)
                .param("sites", Columns.of(places, Place::site))
                .param("kinds", Columns.of(places, Place::kind))
                .param("cases", Columns.of(places, Place::caseId))
                .query((row, number) ->
                        new Compared(row.getObject(1, UUID.class), row.getBoolean(2), row.getBoolean(3)))
                .list();
        return new Slice(repair(compared), Optional.of(places.getLast()).filter(_ -> places.size() == CASES));
    }

    private Repairs repair(List<Compared> compared) {
        String trace = TraceParent.carriedOrNew(Optional.empty());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        int withdrawn = alerts.withdraw(
                compared.stream()
                        .filter(Compared::stray)
                        .map(one -> new Withdrawal(one.alertId(), trace))
                        .toList(),
                now);
        List<Compared> worded =
                compared.stream().filter(one -> one.worded() && !one.stray()).toList();
        if (!worded.isEmpty()) {
            jdbc.sql(ERASE)
                    .param("erased", Erasures.ERASED)
                    .param("alerts", Columns.of(worded, Compared::alertId))
                    .update();
        }
        report(withdrawn, worded.size());
        return new Repairs(compared.size(), withdrawn, worded.size());
    }

    private void report(int withdrawn, int erased) {
        strays.increment(withdrawn);
        words.increment(erased);
        if (withdrawn + erased > 0) {
            log.atWarn()
                    .addKeyValue("withdrawn", withdrawn)
                    .addKeyValue("erased", erased)
                    .log("Alerts differed from where their texts stand and were repaired");
        }
    }
}

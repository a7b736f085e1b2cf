package org.casewire.notification.alert;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.casewire.events.AlertEvent.AlertDismissed;
import org.casewire.events.AlertEvent.AlertRaised;
import org.casewire.events.CaseRef;
import org.casewire.events.backlog.Latency;
import org.casewire.events.outbox.Outbox;
import org.casewire.events.outbox.Outbox.Outgoing;
import org.casewire.events.rows.Columns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The alerts, raised and dismissed; every change leaves as an event. */
@Component
class Alerts {

    /** Dismisses what was moved away: the user who moved the text did not say that it was seen to. */
    private static final String WITHDRAWN_BY = "casewire";

    private static final String COUNT_ASSIGNED = """
            SELECT count(*)
            FROM unnest(:sites::text[], :kinds::text[], :ids::text[], :days::date[]) AS place (site, kind, case_id, today)
            WHERE EXISTS (SELECT FROM assignments held
                          WHERE held.site = place.site AND held.kind = place.kind AND held.case_id = place.case_id
                            AND (held.starts_on IS NULL OR held.starts_on <= place.today)
                            AND (held.ends_on IS NULL OR held.ends_on > place.today))
            """;

    private static final String RAISE = """
            INSERT INTO alerts (alert_id, site, kind, case_id, sid, contact, preview, raised_at)
            SELECT alert_id, site, kind, case_id, sid, contact, preview, raised_at
            FROM unnest(:alerts::uuid[], :sites::text[], :kinds::text[], :ids::text[], :days::date[], :sids::text[],
                   :contacts::text[], :previews::text[], :times::timestamptz[]) WITH ORDINALITY
                 AS place (alert_id, site, kind, case_id, today, sid, contact, preview, raised_at, number)
            WHERE EXISTS (SELECT FROM assignments held
                          WHERE held.site = place.site AND held.kind = place.kind AND held.case_id = place.case_id
                            AND (held.starts_on IS NULL OR held.starts_on <= place.today)
                            AND (held.ends_on IS NULL OR held.ends_on > place.today))
            ORDER BY number
            ON CONFLICT (alert_id) DO NOTHING
            RETURNING alert_id
            """;

    private static final String WITHDRAW = """
            UPDATE alerts SET dismissed_by = :by, dismissed_at = :at::timestamptz
            WHERE alert_id = ANY (:alerts::uuid[]) AND dismissed_at IS NULL
            RETURNING alert_id, site, kind, case_id, dismissed_by, dismissed_at
            """;

    private static final String DISMISS = """
            UPDATE alerts SET dismissed_by = :by, dismissed_at = :at::timestamptz
            WHERE alert_id = :alert AND dismissed_at IS NULL
            RETURNING alert_id, site, kind, case_id, dismissed_by, dismissed_at
            """;

    private static final String FIND_DISMISSED = """
            SELECT alert_id, site, kind, case_id, dismissed_by, dismissed_at
            FROM alerts WHERE alert_id = :alert AND dismissed_at IS NOT NULL
            """;

    private static final String REWORD = """
            UPDATE alerts SET preview = told.preview
            FROM unnest(:alerts::uuid[], :previews::text[]) AS told (alert_id, preview)
            WHERE alerts.alert_id = told.alert_id
            """;

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final Latency latency;
    private final Counter raisedOnes;
    private final Counter dismissedOnes;
    private final Counter withdrawnOnes;

    Alerts(JdbcClient jdbc, Outbox outbox, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.latency = Latency.of(meters, "reply-alerted");
        this.raisedOnes = meters.counter("casewire.alerts", "event", "raised");
        this.dismissedOnes = meters.counter("casewire.alerts", "event", "dismissed");
        this.withdrawnOnes = meters.counter("casewire.alerts", "event", "withdrawn");
    }

    /** A case, and the day it is there. */
    record Place(String site, CaseRef caseRef, LocalDate today) {}

    /**
     * An alert to be raised if somebody is assigned to the case.
     *
     * @param receivedAt when the text came in; null where it only moved
     */
    record Candidate(
            UUID alertId,
            Place place,
            String sid,
            String contact,
            String preview,
            Instant at,
            String traceParent,
            @Nullable Instant receivedAt) {

        Outgoing event() {
            return new Outgoing(
                    new AlertRaised(alertId, place.site(), place.caseRef(), sid, contact, preview, at), traceParent);
        }
    }

    /** An alert whose text stands elsewhere now. */
    record Withdrawal(UUID alertId, String traceParent) {}

    boolean areAllAssigned(List<Place> places) {
        return places.isEmpty()
                || places(COUNT_ASSIGNED, places, Function.identity())
                                .query(Long.class)
                                .single()
                        == places.size();
    }

    /** Raises those whose case has a current assignment and that were not raised before. */
    void raise(List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            return;
        }
        Set<UUID> raised = new HashSet<>(places(RAISE, candidates, Candidate::place)
                .param("alerts", Columns.of(candidates, Candidate::alertId))
                .param("sids", Columns.of(candidates, Candidate::sid))
                .param("contacts", Columns.of(candidates, Candidate::contact))
                .param("previews", Columns.of(candidates, Candidate::preview))
                .param("times", Columns.of(candidates, Candidate::at))
                .query(UUID.class)
                .list());
        raisedOnes.increment(raised.size());
        // remove: a batch that brings the same text twice raises it once.
        outbox.append(candidates.stream()
                .filter(one -> raised.remove(one.alertId()))
                .peek(this::tellHowLong)
                .map(Candidate::event)
                .toList());
    }

    private void tellHowLong(Candidate alert) {
        if (alert.receivedAt() != null) {
            latency.record(alert.receivedAt(), alert.at());
        }
    }

    /** Alerts of texts whose words came later than they did. */
    void reword(List<Reply> replies) {
        List<Worded> worded = replies.stream()
                .flatMap(reply -> reply.filings().stream().map(filing -> new Worded(filing.alertId(), reply.preview())))
                .toList();
        if (!worded.isEmpty()) {
            jdbc.sql(REWORD)
                    .param("alerts", Columns.of(worded, Worded::alertId))
                    .param("previews", Columns.of(worded, Worded::preview))
                    .update();
        }
    }

    private record Worded(UUID alertId, String preview) {}

    /** Takes alerts back whose text stands elsewhere; returns how many stood. */
    int withdraw(List<Withdrawal> withdrawals, Instant at) {
        if (withdrawals.isEmpty()) {
            return 0;
        }
        Map<UUID, String> traces = new HashMap<>();
        withdrawals.forEach(one -> traces.put(one.alertId(), one.traceParent()));
        List<AlertDismissed> gone = jdbc.sql(WITHDRAW)
                .param("alerts", Columns.of(withdrawals, Withdrawal::alertId))
                .param("by", WITHDRAWN_BY)
                .param("at", at.toString())
                .query(Alerts::dismissal)
                .list();
        outbox.append(gone.stream()
                .map(one -> new Outgoing(one, String.valueOf(traces.get(one.alertId()))))
                .toList());
        withdrawnOnes.increment(gone.size());
        return gone.size();
    }

    /** Dismisses an alert for all; when it was dismissed before, returns that dismissal. */
    Optional<AlertDismissed> dismiss(UUID alertId, String by, Instant at, String traceParent) {
        Optional<AlertDismissed> dismissed = jdbc.sql(DISMISS)
                .param("alert", alertId)
                .param("by", by)
                .param("at", at.toString())
                .query(Alerts::dismissal)
                .optional();
        dismissed.ifPresent(event -> {
            outbox.append(List.of(new Outgoing(event, traceParent)));
            dismissedOnes.increment();
        });
        return dismissed.or(() -> jdbc.sql(FIND_DISMISSED)
                .param("alert", alertId)
                .query(Alerts::dismissal)
                .optional());
    }

    private <T> JdbcClient.StatementSpec places(String sql, List<T> rows, Function<T, Place> of) {
        return jdbc.sql(sql)
                .param("sites", Columns.of(rows, row -> of.apply(row).site()))
                .param("kinds", Columns.of(rows, row -> of.apply(row).caseRef().kind()))
                .param("ids", Columns.of(rows, row -> of.apply(row).caseRef().id()))
                .param("days", Columns.of(rows, row -> of.apply(row).today()));
    }

    private static AlertDismissed dismissal(ResultSet row, int number) throws SQLException {
        return new AlertDismissed(
                row.getObject("alert_id", UUID.class),
                row.getString("site"),
                new CaseRef(CaseRef.Kind.valueOf(row.getString("kind")), row.getString("case_id")),
                row.getString("dismissed_by"),
                row.getTimestamp("dismissed_at").toInstant());
    }
}

package org.casewire.notification.calendar;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.casewire.events.CalendarEvent;
import org.casewire.events.CalendarEvent.CalendarEntryChanged;
import org.casewire.events.rows.Columns;
import org.casewire.events.transport.Received;
import org.casewire.notification.batch.Rounds;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The calendar entries. An older snapshot never overwrites a newer one; an entry that is gone comes back only with a
 * snapshot later than its end and than the last one known of it.
 */
@Component
class Calendar {

    private static final String PUT = """
            INSERT INTO calendar_entries AS known (site, entry_id, kind, title, location, starts_at, time_zone,
                   case_kind, case_id, updated_at, gone, log_time, log_offset)
            SELECT * FROM unnest(:sites::text[], :ids::text[], :kinds::text[], :titles::text[], :locations::text[],
                   :starts::timestamptz[], :zones::text[], :caseKinds::text[], :caseIds::text[],
                   :updated::timestamptz[], :gone::boolean[], :times::timestamptz[], :offsets::bigint[])
            ON CONFLICT (site, entry_id) DO UPDATE
            SET kind = excluded.kind, title = excluded.title, location = excluded.location,
                starts_at = excluded.starts_at, time_zone = excluded.time_zone,
                case_kind = excluded.case_kind, case_id = excluded.case_id, gone = excluded.gone,
                updated_at = greatest(known.updated_at, excluded.updated_at),
                log_time = excluded.log_time, log_offset = excluded.log_offset
            WHERE (excluded.log_offset > known.log_offset OR excluded.log_time > known.log_time)
              AND (excluded.gone
                   OR excluded.updated_at > known.updated_at
                   OR excluded.updated_at = known.updated_at AND NOT known.gone)
            RETURNING site || '|' || entry_id
            """;

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher followers;

    Calendar(JdbcClient jdbc, ApplicationEventPublisher followers) {
        this.jdbc = jdbc;
        this.followers = followers;
    }

    @Transactional
    void apply(List<Received<CalendarEvent>> batch) {
        List<EntryChange> changes = batch.stream().map(EntryChange::of).toList();
        Rounds.of(changes, change -> change.entry().key()).forEach(this::put);
    }

    private void put(List<EntryChange> round) {
        // In one order everywhere, so that two batches never wait for each other.
        List<EntryChange> changes = round.stream()
                .sorted(Comparator.comparing(change -> change.entry().key()))
                .toList();
        Set<String> newer = new HashSet<>(statement(changes).query(String.class).list());
        followers.publishEvent(new EntriesChanged(changes.stream()
                .filter(change -> newer.contains(change.entry().key()))
                .toList()));
    }

    private JdbcClient.StatementSpec statement(List<EntryChange> changes) {
        List<CalendarEntryChanged> entries =
                changes.stream().map(EntryChange::entry).toList();
        return jdbc.sql(PUT)
                .param("sites", Columns.of(entries, CalendarEntryChanged::site))
                .param("ids", Columns.of(entries, CalendarEntryChanged::entryId))
                .param("kinds", Columns.of(entries, CalendarEntryChanged::kind))
                .param("titles", Columns.of(entries, CalendarEntryChanged::title))
                .param("locations", Columns.of(entries, CalendarEntryChanged::location))
                .param("starts", Columns.of(entries, CalendarEntryChanged::startsAt))
                .param("zones", Columns.of(entries, CalendarEntryChanged::timeZone))
                .param(
                        "caseKinds",
                        Columns.of(
                                entries,
                                one -> one.caseRef() == null
                                        ? null
                                        : one.caseRef().kind()))
                .param(
                        "caseIds",
                        Columns.of(
                                entries,
                                one -> one.caseRef() == null
                                        ? null
                                        : one.caseRef().id()))
                .param("updated", Columns.of(entries, CalendarEntryChanged::updatedAt))
                .param("gone", Columns.of(changes, EntryChange::gone))
                .param("times", Columns.of(changes, change -> change.origin().time()))
                .param("offsets", Columns.of(changes, change -> change.origin().offset()));
    }
}

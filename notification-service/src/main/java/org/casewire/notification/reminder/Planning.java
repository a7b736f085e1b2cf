package org.casewire.notification.reminder;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.casewire.events.CalendarEvent.CalendarEntryChanged;
import org.casewire.events.SiteDocument;
import org.casewire.events.site.Sites;
import org.casewire.notification.calendar.EntriesChanged;
import org.casewire.notification.calendar.EntryChange;
import org.casewire.notification.calendar.EntryKey;
import org.casewire.notification.reminder.Plan.Wanted;
import org.casewire.notification.reminder.Replan.Changes;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps the reminders in step with the calendar, in the transaction of its change. */
@Component
class Planning {

    /** Of a site we do not know yet: its calendar may come before it. */
    private static final String USUAL_REGION = "US";

    private final Sites sites;
    private final PlannedZones zones;
    private final Reminders reminders;
    private final Withdrawals withdrawals;
    private final ReminderProperties properties;
    private final Clock clock;

    Planning(
            Sites sites,
            PlannedZones zones,
            Reminders reminders,
            Withdrawals withdrawals,
            ReminderProperties properties,
            Clock clock) {
        this.sites = sites;
        this.zones = zones;
        this.reminders = reminders;
        this.withdrawals = withdrawals;
        this.properties = properties;
        this.clock = clock;
    }

    @EventListener
    void follow(EntriesChanged changed) {
        if (changed.entries().isEmpty()) {
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, ZoneId> planned = zones.hold(changed.entries().stream()
                .map(EntryChange::entry)
                .filter(entry -> entry.timeZone() == null && entry.startsAt() != null)
                .map(CalendarEntryChanged::site)
                .collect(Collectors.toSet()));
        Map<EntryKey, List<Reminder>> known = reminders.holdOf(
                changed.entries().stream().map(one -> key(one.entry())).toList());
        Map<String, Integer> used = reminders.usedGenerations(
                changed.entries().stream().map(one -> one.entry().site()).collect(Collectors.toSet()));
        List<Changes> all = changed.entries().stream()
                .map(one -> Replan.of(
                        one,
                        wanted(one, planned, now),
                        known.getOrDefault(key(one.entry()), List.of()),
                        used.getOrDefault(one.entry().site(), 0),
                        now))
                .toList();
        withdrawals.take(all.stream().flatMap(one -> one.drops().stream()).toList(), now);
        reminders.settle(all.stream().flatMap(one -> one.shifts().stream()).toList());
        reminders.add(all.stream().flatMap(one -> one.additions().stream()).toList());
    }

    private static EntryKey key(CalendarEntryChanged entry) {
        return new EntryKey(entry.site(), entry.entryId());
    }

    /** Of what is long over nothing is written down: a calendar that is read for the first time holds years of it. */
    private List<Wanted> wanted(EntryChange change, Map<String, ZoneId> zones, Instant now) {
        CalendarEntryChanged entry = change.entry();
        Instant start = entry.startsAt();
        if (start == null || start.isBefore(now.minus(properties.keep()))) {
            return List.of();
        }
        Instant written = change.origin().time();
        return Plan.of(
                entry,
                zones.getOrDefault(entry.site(), ZoneOffset.UTC),
                sites.find(entry.site()).map(SiteDocument::region).orElse(USUAL_REGION),
                written.isBefore(now) ? written : now,
                properties.catchUp());
    }
}

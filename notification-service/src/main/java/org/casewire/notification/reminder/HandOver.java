package org.casewire.notification.reminder;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.casewire.events.SiteDocument;
import org.casewire.events.outbox.Outbox;
import org.casewire.events.outbox.Outbox.Outgoing;
import org.casewire.events.site.Sites;
import org.casewire.notification.calendar.Entries;
import org.casewire.notification.calendar.Entry;
import org.casewire.notification.calendar.EntryKey;
import org.casewire.notification.users.Profile;
import org.casewire.notification.users.Profiles;
import org.casewire.notification.users.UserKey;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Asks for the texts of reminders whose time has come; whether and where they go is decided then. */
@Component
class HandOver {

    private final Reminders reminders;
    private final Entries entries;
    private final Profiles profiles;
    private final Sites sites;
    private final Outbox outbox;
    private final ReminderProperties properties;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Timer lateness;

    HandOver(
            Reminders reminders,
            Entries entries,
            Profiles profiles,
            Sites sites,
            Outbox outbox,
            ReminderProperties properties,
            Clock clock,
            MeterRegistry meters) {
        this.reminders = reminders;
        this.entries = entries;
        this.profiles = profiles;
        this.sites = sites;
        this.outbox = outbox;
        this.properties = properties;
        this.clock = clock;
        this.meters = meters;
        this.lateness = Timer.builder("casewire.reminders.lateness")
                .description("From a reminder's moment to its hand-over")
                .register(meters);
    }

    /** Settles one batch of due reminders; returns how many it settled. */
    @Transactional
    public int handOverOnce() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<Reminder> due = reminders.holdDue(now, properties.batch());
        if (due.isEmpty()) {
            return 0;
        }
        Map<EntryKey, Entry> known = entries.find(
                due.stream().map(one -> one.slot().entry()).distinct().toList());
        Map<UserKey, Profile> users = profiles.hold(due.stream()
                .map(Reminder::slot)
                .filter(slot -> !slot.person().isClient())
                .map(Reminder.Slot::user)
                .collect(Collectors.toSet()));
        List<Reminder> settled = new ArrayList<>();
        List<Outgoing> texts = new ArrayList<>();
        for (Reminder reminder : due) {
            Profile profile = users.get(reminder.slot().user());
            if (reminder.slot().person().isClient() || profile != null) {
                Decision decision = decide(reminder, known, Optional.ofNullable(profile), now);
                settled.add(decision.reminder());
                decision.text().ifPresent(texts::add);
            }
        }
        reminders.settle(settled);
        outbox.append(texts);
        settled.forEach(one -> count(one, now));
        return settled.size();
    }

    private Decision decide(Reminder reminder, Map<EntryKey, Entry> known, Optional<Profile> profile, Instant now) {
        Entry entry = known.get(reminder.slot().entry());
        SiteDocument site = sites.find(reminder.site()).orElse(null);
        if (entry == null || site == null) {
            return Decision.not(reminder, entry == null ? Reason.ENTRY_DELETED : Reason.UNKNOWN_SITE, now);
        }
        return Decision.on(reminder, entry, site, profile, now);
    }

    private void count(Reminder reminder, Instant now) {
        meters.counter(
                        "casewire.reminders",
                        "outcome",
                        reminder.reason() == null ? reminder.state().name() : reminder.reason())
                .increment();
        if (reminder.isHandedOver()) {
            lateness.record(Duration.between(reminder.dueAt(), now));
        }
    }
}

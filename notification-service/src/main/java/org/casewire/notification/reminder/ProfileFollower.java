package org.casewire.notification.reminder;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.casewire.events.SiteDocument;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.TraceParent;
import org.casewire.notification.calendar.Entries;
import org.casewire.notification.calendar.EntryKey;
import org.casewire.notification.reminder.Replan.Drop;
import org.casewire.notification.users.Profile;
import org.casewire.notification.users.Profile.Reachable;
import org.casewire.notification.users.Profile.Unreachable;
import org.casewire.notification.users.Profiles;
import org.casewire.notification.users.ProfilesChanged;
import org.casewire.notification.users.UserKey;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Follows the users' profiles, in the transaction of their change. What waits for its time needs nothing: the number
 * is looked up when it is handed over. What is on its way to a number that is no longer right is taken back and asked
 * for anew; what failed for want of a number is tried again.
 */
@Component
class ProfileFollower {

    private final Sites sites;
    private final Profiles profiles;
    private final Entries entries;
    private final Reminders reminders;
    private final Withdrawals withdrawals;
    private final Clock clock;

    ProfileFollower(
            Sites sites,
            Profiles profiles,
            Entries entries,
            Reminders reminders,
            Withdrawals withdrawals,
            Clock clock) {
        this.sites = sites;
        this.profiles = profiles;
        this.entries = entries;
        this.reminders = reminders;
        this.withdrawals = withdrawals;
        this.clock = clock;
    }

    private record Attendance(EntryKey entry, Person person) {}

    @EventListener
    void follow(ProfilesChanged changed) {
        if (changed.users().isEmpty()) {
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<EntryKey> concerned = reminders.entriesConcerning(changed.users(), now);
        if (concerned.isEmpty()) {
            return;
        }
        // Before the reminders, as the calendar does: what it plans meanwhile is seen.
        entries.hold(concerned);
        List<Reminder> held = reminders.holdConcerning(changed.users(), now);
        Map<UserKey, Profile> known = profiles.find(changed.users());
        replaceMisled(held, known, now);
        revive(held, known, now);
    }

    private void replaceMisled(List<Reminder> held, Map<UserKey, Profile> known, Instant now) {
        List<Reminder> misled = held.stream()
                .filter(Reminder::isHandedOver)
                .filter(one -> !String.valueOf(one.mobile()).equals(number(one, known)))
                .toList();
        String trace = TraceParent.start();
        withdrawals.take(
                misled.stream()
                        .map(one -> new Drop(one, Reason.PROFILE_CHANGED, trace))
                        .toList(),
                now);
        reminders.add(misled.stream().map(one -> one.nextGeneration(now)).toList());
    }

    /** Of several that failed the last says it all. */
    private void revive(List<Reminder> held, Map<UserKey, Profile> known, Instant now) {
        Map<Attendance, Reminder> last = new HashMap<>();
        held.stream()
                .filter(one -> one.isCurable() && !number(one, known).isEmpty())
                .forEach(one -> last.merge(
                        new Attendance(one.slot().entry(), one.slot().person()),
                        one,
                        (a, b) -> Comparator.comparing(Reminder::dueAt).compare(a, b) >= 0 ? a : b));
        reminders.settle(
                last.values().stream().map(one -> one.waitingAgain(now)).toList());
    }

    /** Where the person is texted now, empty when nowhere. */
    private String number(Reminder reminder, Map<UserKey, Profile> known) {
        String region = sites.find(reminder.site()).map(SiteDocument::region).orElse("US");
        Profile profile = known.get(reminder.slot().user());
        return profile == null
                ? ""
                : switch (profile.reach(region)) {
                    case Reachable(String number) -> number;
                    case Unreachable _ -> "";
                };
    }
}

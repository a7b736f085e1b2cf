package org.casewire.notification.reminder;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.Purpose;
import org.casewire.events.SendRequested;
import org.casewire.events.SendRequested.Audience;
import org.casewire.events.SiteDocument;
import org.casewire.events.outbox.Outbox.Outgoing;
import org.casewire.notification.calendar.Entry;
import org.casewire.notification.users.Obstacle;
import org.casewire.notification.users.Profile;
import org.casewire.notification.users.Profile.Reachable;
import org.casewire.notification.users.Profile.Unreachable;
import org.jspecify.annotations.Nullable;

/** What becomes of a reminder whose time has come. */
record Decision(Reminder reminder, Optional<Outgoing> text) {

    static Decision not(Reminder reminder, Reason why, Instant now) {
        return new Decision(reminder.notSent(why, now), Optional.empty());
    }

    /** @param profile the user's, empty for a client */
    static Decision on(Reminder reminder, Entry entry, SiteDocument site, Optional<Profile> profile, Instant now) {
        boolean isClient = reminder.slot().person().isClient();
        if (!reminder.startsAt().isAfter(now)) {
            return not(reminder, Reason.TOO_LATE, now);
        }
        if (isClient ? !site.reminders().clients() : !site.reminders().attendees()) {
            return not(reminder, Reason.SWITCHED_OFF, now);
        }
        Profile.Reach reach = profile.map(one -> one.reach(site.region()))
                .orElseGet(() -> client(reminder.slot().person().id(), site.region()));
        return switch (reach) {
            case Reachable(String number) -> {
                Reminder handedOver = reminder.handedOver(number, now);
                String name = profile.map(Profile::name).orElse(null);
                yield new Decision(handedOver, Optional.of(request(handedOver, number, entry, site, name, now)));
            }
            case Unreachable(var why) -> not(reminder, Reason.of(why), now);
        };
    }

    /** Consent and preferences of clients are looked at by whoever sends. */
    private static Profile.Reach client(String number, String region) {
        return PhoneNumbers.read(number, region)
                .<Profile.Reach>map(known -> new Reachable(known.e164()))
                .orElseGet(() -> new Unreachable(Obstacle.INVALID_MOBILE));
    }

    private static Outgoing request(
            Reminder reminder, String number, Entry entry, SiteDocument site, @Nullable String name, Instant now) {
        boolean isClient = reminder.slot().person().isClient();
        Map<String, String> attributes = isClient
                ? Map.of(
                        "entryId",
                        entry.key().entryId(),
                        "remindBefore",
                        reminder.slot().remindBefore())
                : Map.of(
                        "entryId",
                        entry.key().entryId(),
                        "remindBefore",
                        reminder.slot().remindBefore(),
                        "userId",
                        reminder.slot().person().id());
        return new Outgoing(
                new SendRequested(
                        reminder.messageId(),
                        reminder.site(),
                        number,
                        Wording.text(site, entry, reminder.startsAt(), name, now),
                        null,
                        List.of(),
                        null,
                        null,
                        entry.caseRef(),
                        null,
                        Purpose.REMINDER,
                        isClient ? Audience.CLIENT : Audience.STAFF,
                        null,
                        null,
                        reminder.startsAt(),
                        attributes),
                reminder.traceParent());
    }
}

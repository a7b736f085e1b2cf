package org.casewire.notification.notice;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.casewire.events.ActivityEvent;
import org.casewire.events.ActivityEvent.ActivityReported;
import org.casewire.events.ActivityEvent.Type;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.SendRequested;
import org.casewire.events.SiteDocument;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.Received;
import org.casewire.events.transport.Received.Origin;
import org.casewire.events.transport.UnreadableEvent;
import org.casewire.notification.notice.Notice.Line;
import org.casewire.notification.users.Profile;
import org.casewire.notification.users.Profile.Reachable;
import org.casewire.notification.users.Profile.Unreachable;
import org.casewire.notification.users.Profiles;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes notices of activities: one text per activity and number, however often the activity is reported. */
@Component
class Notices {

    private final Activities activities;
    private final Profiles profiles;
    private final Sites sites;
    private final Lines lines;
    private final NoticeProperties properties;
    private final Clock clock;
    private final MeterRegistry meters;

    Notices(
            Activities activities,
            Profiles profiles,
            Sites sites,
            Lines lines,
            NoticeProperties properties,
            Clock clock,
            MeterRegistry meters) {
        this.activities = activities;
        this.profiles = profiles;
        this.sites = sites;
        this.lines = lines;
        this.properties = properties;
        this.clock = clock;
        this.meters = meters;
    }

    private record Reported(ActivityReported activity, Origin origin, SiteDocument site) {}

    @Transactional
    void tell(List<Received<ActivityEvent>> batch) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, Reported> reported = new LinkedHashMap<>();
        for (Received<ActivityEvent> received : batch) {
            // A tombstone has no meaning here.
            if (received instanceof Received.Arrived<ActivityEvent>(ActivityReported one, var _, var origin)) {
                reported.putIfAbsent(one.key(), new Reported(one, origin, site(one)));
            }
        }
        Set<String> unheard = activities.remember(
                reported.values().stream().map(Reported::activity).toList(), now);
        List<Reported> fresh = reported.values().stream()
                .filter(one -> unheard.contains(one.activity().key()))
                .toList();
        Staff staff = Staff.of(fresh.stream().map(Reported::activity).toList(), profiles);
        List<Notice> notices = new ArrayList<>();
        fresh.forEach(one -> notices.addAll(notices(one, staff, now)));
        lines.send(notices, now);
    }

    private SiteDocument site(ActivityReported activity) {
        return sites.find(activity.site())
                .orElseThrow(() -> new UnreadableEvent("site is unknown; ask the operator for its name"));
    }

    private List<Notice> notices(Reported reported, Staff staff, Instant now) {
        Map<String, Notice> byNumber = new LinkedHashMap<>();
        for (Audience audience : Audience.of(reported.activity())) {
            SiteDocument.Notice setting = reported.site().notices().get(audience.kind());
            if (setting == null || !setting.on()) {
                continue;
            }
            for (String number : numbers(reported, audience, staff)) {
                byNumber.computeIfAbsent(number, _ -> notice(reported, audience, number, staff));
            }
        }
        return byNumber.values().stream()
                .filter(notice -> isUseful(notice, reported, now))
                .toList();
    }

    private boolean isUseful(Notice notice, Reported reported, Instant now) {
        boolean isUseful = notice.expiresAt().isAfter(now);
        count(reported.activity().type().name(), isUseful ? "TOLD" : "TOO_LATE");
        return isUseful;
    }

    private List<String> numbers(Reported reported, Audience audience, Staff staff) {
        String region = reported.site().region();
        String contact = reported.activity().contact();
        if (audience.whom() == Audience.Whom.CLIENT) {
            // One that is no number is refused, by its reason, by whoever sends.
            return contact == null || contact.isBlank() ? List.of() : List.of(PhoneNumbers.normalised(contact, region));
        }
        List<String> numbers = new ArrayList<>();
        for (Profile profile : staff.of(reported.activity().site(), audience)) {
            switch (profile.reach(region)) {
                case Reachable(String number) -> numbers.add(number);
                case Unreachable(var why) -> count(reported.activity().type().name(), why.name());
            }
        }
        return numbers;
    }

    private Notice notice(Reported reported, Audience audience, String number, Staff staff) {
        ActivityReported activity = reported.activity();
        Instant heard = reported.origin().time();
        Instant at = activity.at() == null ? heard : activity.at();
        return new Notice(
                new Line(activity.site(), number),
                activity.activityId(),
                audience.whom() == Audience.Whom.CLIENT ? SendRequested.Audience.CLIENT : SendRequested.Audience.STAFF,
                Wording.text(
                        audience.kind(), reported.site(), activity, at, staff.name(activity.site(), activity.userId())),
                activity.caseRef(),
                (at.isAfter(heard) ? at : heard).plus(usefulFor(activity.type())),
                reported.origin().traceParent());
    }

    private Duration usefulFor(Type type) {
        return type == Type.STAFF_LATE ? properties.lateUsefulFor() : properties.usefulFor();
    }

    private void count(String type, String outcome) {
        meters.counter("casewire.notices", "type", type, "outcome", outcome).increment();
    }
}

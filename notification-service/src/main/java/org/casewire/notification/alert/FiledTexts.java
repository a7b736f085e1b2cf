package org.casewire.notification.alert;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.casewire.events.CaseRef;
import org.casewire.events.Conversation;
import org.casewire.events.ReplyEvent;
import org.casewire.events.ReplyEvent.ReplyAssigned;
import org.casewire.events.ReplyEvent.ReplyRouted;
import org.casewire.events.ReplyEvent.ReplyUnassigned;
import org.casewire.events.ReplyEvent.TextEvent;
import org.casewire.events.ReplyEvent.TextsErased;
import org.casewire.events.transport.Received;
import org.casewire.notification.alert.Alerts.Candidate;
import org.casewire.notification.alert.Alerts.Place;
import org.casewire.notification.alert.Alerts.Withdrawal;
import org.casewire.notification.cases.SiteDays;
import org.casewire.notification.unanswered.WaitingTexts;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Follows where texts are filed. A case that gets a text and has a current assignment at that moment gets an alert;
 * when the text moves away its alert is withdrawn.
 */
@Component
class FiledTexts {

    private final Replies replies;
    private final Alerts alerts;
    private final Erasures erasures;
    private final WaitingTexts waiting;
    private final SiteDays days;
    private final Clock clock;

    FiledTexts(Replies replies, Alerts alerts, Erasures erasures, WaitingTexts waiting, SiteDays days, Clock clock) {
        this.replies = replies;
        this.alerts = alerts;
        this.erasures = erasures;
        this.waiting = waiting;
        this.days = days;
        this.clock = clock;
    }

    private record Arrival(TextEvent event, String traceParent) {

        Conversation person() {
            return new Conversation(event.site(), event.contact());
        }
    }

    private static List<Arrival> arrivals(List<Received<ReplyEvent>> batch) {
        return batch.stream()
                .<Arrival>mapMulti((received, arrivals) -> {
                    if (received instanceof Received.Arrived<ReplyEvent>(TextEvent event, var problems, var origin)) {
                        arrivals.accept(new Arrival(event, origin.traceParent()));
                    }
                })
                .toList();
    }

    private static List<TextsErased> erased(List<Received<ReplyEvent>> batch) {
        return batch.stream()
                .<TextsErased>mapMulti((received, erased) -> {
                    if (received instanceof Received.Arrived<ReplyEvent>(TextsErased event, var problems, var origin)) {
                        erased.accept(event);
                    }
                })
                .toList();
    }

    /** Whether, as far as is known, one of these texts stands on a case that nobody is assigned to. */
    boolean someStandOnNobodysCase(List<Received<ReplyEvent>> batch) {
        List<Place> places = arrivals(batch).stream()
                .map(Arrival::event)
                .flatMap(event -> casesOf(event).map(caseRef -> place(event.site(), caseRef)))
                .distinct()
                .toList();
        return !alerts.areAllAssigned(places);
    }

    private Place place(String site, CaseRef caseRef) {
        return new Place(site, caseRef, days.today(site));
    }

    private static Stream<CaseRef> casesOf(TextEvent event) {
        return switch (event) {
            case ReplyRouted routed -> routed.cases().stream();
            case ReplyAssigned assigned -> assigned.cases().stream();
            case ReplyUnassigned _ -> Stream.of();
        };
    }

    @Transactional
    void follow(List<Received<ReplyEvent>> batch) {
        List<TextsErased> erased = erased(batch);
        erasures.mark(erased);
        followArrivals(arrivals(batch));
        erasures.forget(erased);
        waiting.forget(erased);
    }

    private void followArrivals(List<Arrival> arrivals) {
        Map<Conversation, Instant> marks =
                erasures.marks(arrivals.stream().map(Arrival::person).distinct().toList());
        Map<String, Reply> before =
                replies.find(arrivals.stream().map(Arrival::event).toList());
        Map<String, Reply> changed = new LinkedHashMap<>();
        List<Filed> filed = new ArrayList<>();
        List<Withdrawal> withdrawn = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            String key = Reply.key(arrival.event().site(), arrival.event().sid());
            Reply known = changed.getOrDefault(key, before.get(key));
            Reply.after(known, arrival.event(), marks.get(arrival.person())).ifPresent(after -> {
                changed.put(key, after);
                after.filingsMissingIn(known).forEach(filing -> filed.add(new Filed(arrival, key, filing)));
                if (known != null) {
                    known.filingsMissingIn(after)
                            .forEach(gone -> withdrawn.add(new Withdrawal(gone.alertId(), arrival.traceParent())));
                }
            });
        }
        if (!changed.isEmpty()) {
            store(changed, before);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            alerts.raise(filed.stream().map(one -> candidate(one, changed, now)).toList());
            alerts.withdraw(withdrawn, now);
        }
    }

    /** A text that came to stand on a case. */
    private record Filed(Arrival arrival, String key, Reply.Filing filing) {}

    private void store(Map<String, Reply> changed, Map<String, Reply> before) {
        replies.store(changed.values());
        List<Reply> worded = changed.values().stream()
                .filter(after -> Optional.ofNullable(before.get(after.key()))
                        .filter(was -> !was.preview().equals(after.preview()))
                        .isPresent())
                .toList();
        alerts.reword(worded);
        waiting.replace(
                changed.keySet().stream()
                        .flatMap(key -> Optional.ofNullable(before.get(key)).stream())
                        .flatMap(reply -> reply.waiting().stream())
                        .toList(),
                changed.values().stream()
                        .flatMap(reply -> reply.waiting().stream())
                        .toList());
    }

    private Candidate candidate(Filed filed, Map<String, Reply> changed, Instant now) {
        TextEvent event = filed.arrival().event();
        return new Candidate(
                filed.filing().alertId(),
                place(event.site(), filed.filing().caseRef()),
                event.sid(),
                event.contact(),
                Optional.ofNullable(changed.get(filed.key()))
                        .map(Reply::preview)
                        .orElseThrow(),
                now,
                filed.arrival().traceParent(),
                event instanceof ReplyRouted routed ? routed.receivedAt() : null);
    }
}

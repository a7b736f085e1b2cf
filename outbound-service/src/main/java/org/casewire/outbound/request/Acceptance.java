package org.casewire.outbound.request;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.casewire.events.Conversation;
import org.casewire.events.MessageHeader;
import org.casewire.events.OutboundEvent;
import org.casewire.events.OutboundEvent.MessageCancelled;
import org.casewire.events.OutboundEvent.MessageHeld;
import org.casewire.events.OutboundEvent.MessageRejected;
import org.casewire.events.OutboundEvent.MessageScheduled;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteDocument.Sender;
import org.casewire.events.outbox.Outbox;
import org.casewire.events.outbox.Outbox.Outgoing;
import org.casewire.events.site.Sites;
import org.casewire.outbound.gate.Candidate;
import org.casewire.outbound.gate.Gate;
import org.casewire.outbound.gate.Verdict;
import org.casewire.outbound.message.DueSignal;
import org.casewire.outbound.message.Message.Rejection;
import org.casewire.outbound.message.MessageKey;
import org.casewire.outbound.message.MessageStatus;
import org.casewire.outbound.message.Tally;
import org.casewire.outbound.request.RequestStore.Added;
import org.casewire.outbound.request.RequestStore.Kept;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Takes requests in, once each, and puts their parts in line: one transaction and a handful of statements a batch. */
@Service
class Acceptance {

    private final RequestStore store;
    private final Gate gate;
    private final Outbox outbox;
    private final Tally tally;
    private final Sites sites;
    private final DueSignal due;
    private final Clock clock;

    Acceptance(RequestStore store, Gate gate, Outbox outbox, Tally tally, Sites sites, DueSignal due, Clock clock) {
        this.store = store;
        this.gate = gate;
        this.outbox = outbox;
        this.tally = tally;
        this.sites = sites;
        this.due = due;
        this.clock = clock;
    }

    /** What became of one request. */
    sealed interface Taken {

        /** It is new and was kept. */
        record New(MessageStatus status) implements Taken {}

        /** The same request had come before. */
        record Repeat(MessageStatus status) implements Taken {}

        /** Another request had come under the same id. */
        record Reused() implements Taken {}
    }

    /**
     * Why a request will not be taken, by its check or by the gate; empty for one that may leave, now or later, and for
     * a repeat of one that was taken.
     */
    Optional<Rejection> refusal(Checked request) {
        List<Line> judged = judged(withSenders(List.of(request)), clock.instant());
        Optional<Rejection> refusal = judged.getFirst().request().rejection();
        boolean known =
                refusal.isPresent() && !store.find(List.of(request.key())).isEmpty();
        return known ? Optional.empty() : refusal;
    }

    /** Keeps what is new; answers in the order of the requests. */
    @Transactional
    public List<Taken> accept(List<Checked> requests) {
        Instant now = clock.instant();
        Map<MessageKey, Checked> firsts = new LinkedHashMap<>();
        requests.forEach(request -> firsts.putIfAbsent(request.key(), request));
        List<Line> candidates = judged(withSenders(List.copyOf(firsts.values())), now);
        Map<MessageKey, Added> added = store.addNew(candidates, now);
        outbox.append(tally.counted(candidates.stream()
                .flatMap(line -> Optional.ofNullable(added.get(line.request().key()))
                        .flatMap(fresh -> event(line, fresh, now))
                        .map(event -> new Outgoing(event, line.request().traceParent()))
                        .stream())
                .toList()));
        signalAfterCommit();
        return verdicts(requests, added);
    }

    /**
     * A request with the place it takes.
     *
     * @param hold why it may not leave although it is due, null when it may or is not
     */
    record Line(Checked request, Verdict.@Nullable Wait hold) {

        MessageStatus status(Instant now) {
            return hold == null ? request.status(now) : MessageStatus.HELD;
        }
    }

    /** Scheduled texts are judged when their time comes. */
    private List<Line> judged(List<Checked> requests, Instant now) {
        List<Checked> leaving = requests.stream()
                .filter(request -> request.rejection().isEmpty() && !request.isScheduled(now))
                .toList();
        List<Verdict> verdicts =
                gate.judge(leaving.stream().map(Acceptance::candidate).toList(), now);
        Map<MessageKey, Verdict> byKey = new HashMap<>();
        for (int i = 0; i < leaving.size(); i++) {
            byKey.put(leaving.get(i).key(), verdicts.get(i));
        }
        return requests.stream()
                .map(request -> line(request, byKey.getOrDefault(request.key(), new Verdict.Go(null))))
                .toList();
    }

    private static Line line(Checked request, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Go go -> new Line(request, null);
            case Verdict.Wait wait -> new Line(request, wait);
            case Verdict.Refuse(Rejection why) -> new Line(request.refused(why), null);
        };
    }

    private static Candidate candidate(Checked request) {
        return new Candidate(
                new Conversation(request.key().site(), request.contact()),
                String.valueOf(request.sender()),
                request.purpose(),
                request.audience(),
                request.textDemanded());
    }

    private List<Taken> verdicts(List<Checked> requests, Map<MessageKey, Added> added) {
        Set<MessageKey> told = new HashSet<>();
        List<MessageKey> repeated = requests.stream()
                .map(Checked::key)
                .filter(key -> !added.containsKey(key) || !told.add(key))
                .distinct()
                .toList();
        Map<MessageKey, Kept> kept = repeated.isEmpty() ? Map.of() : store.find(repeated);
        told.clear();
        List<Taken> taken = new ArrayList<>(requests.size());
        for (Checked request : requests) {
            Added fresh = told.add(request.key()) ? added.get(request.key()) : null;
            taken.add(fresh != null ? new Taken.New(fresh.status()) : repeat(request, kept.get(request.key())));
        }
        return taken;
    }

    private static Taken repeat(Checked request, @Nullable Kept known) {
        return known != null && known.isOf(request) ? new Taken.Repeat(known.status()) : new Taken.Reused();
    }

    private static Optional<OutboundEvent> event(Line line, Added added, Instant now) {
        Checked request = line.request();
        MessageHeader header = new MessageHeader(
                request.key().messageId(),
                request.key().site(),
                request.contact(),
                request.sender(),
                request.caseRef(),
                request.sentBy(),
                request.purpose(),
                request.attributes());
        Verdict.Wait hold = line.hold();
        return switch (added.status()) {
            case CANCELLED -> Optional.of(new MessageCancelled(header, now, added.cancelledBy(), added.cancelReason()));
            case REJECTED ->
                request.rejection()
                        .map(why -> new MessageRejected(header, now, why.reason(), why.detail(), request.body()));
            case SCHEDULED -> Optional.of(new MessageScheduled(header, now, request.lineAt(), request.body()));
            case HELD ->
                Optional.ofNullable(hold).map(held -> new MessageHeld(header, now, held.reason(), held.until()));
            case WAITING, SENDING, IN_DOUBT, ACCEPTED, QUEUED, SENT, READ, DELIVERED, UNDELIVERED, FAILED ->
                Optional.empty();
        };
    }

    private void signalAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                due.raise();
            }
        });
    }

    /** A conversation stays with the sender it has, as long as that sender is still the site's. */
    private List<Checked> withSenders(List<Checked> requests) {
        List<Checked> open = requests.stream().filter(Checked::leavesSenderOpen).toList();
        if (open.isEmpty()) {
            return requests;
        }
        Map<Conversation, String> last = store.lastSenders(open);
        return requests.stream()
                .map(request -> request.leavesSenderOpen()
                        ? withSender(
                                request, last.get(new Conversation(request.key().site(), request.contact())))
                        : request)
                .toList();
    }

    private Checked withSender(Checked request, @Nullable String last) {
        List<String> own = sites.find(request.key().site()).map(SiteDocument::senders).orElse(List.of()).stream()
                .map(Sender::address)
                .toList();
        return request.withSender(last != null && own.contains(last) ? last : own.getFirst());
    }
}

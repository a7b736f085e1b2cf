package org.casewire.outbound.request;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.casewire.events.MessageHeader;
import org.casewire.events.OutboundEvent;
import org.casewire.events.OutboundEvent.MessageRejected;
import org.casewire.events.OutboundEvent.MessageScheduled;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteDocument.Sender;
import org.casewire.events.outbox.Outbox;
import org.casewire.events.outbox.Outbox.Outgoing;
import org.casewire.events.site.Sites;
import org.casewire.outbound.message.DueSignal;
import org.casewire.outbound.message.Message.Rejection;
import org.casewire.outbound.message.MessageKey;
import org.casewire.outbound.message.MessageStatus;
import org.casewire.outbound.request.RequestStore.Kept;
import org.casewire.outbound.request.RequestStore.Person;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Takes requests in, once each, and puts their parts in line: one transaction and a handful of statements a batch. */
@Service
class Acceptance {

    private final RequestStore store;
    private final Outbox outbox;
    private final Sites sites;
    private final DueSignal due;
    private final Clock clock;

    Acceptance(RequestStore store, Outbox outbox, Sites sites, DueSignal due, Clock clock) {
        this.store = store;
        this.outbox = outbox;
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

    /** Keeps what is new; answers in the order of the requests. */
    @Transactional
    public List<Taken> accept(List<Checked> requests) {
        Instant now = clock.instant();
        Map<MessageKey, Checked> firsts = new LinkedHashMap<>();
        requests.forEach(request -> firsts.putIfAbsent(request.key(), request));
        List<Checked> candidates = withSenders(List.copyOf(firsts.values()));
        Set<MessageKey> inserted = store.addNew(candidates, now);
        List<Checked> fresh = candidates.stream()
                .filter(request -> inserted.contains(request.key()))
                .toList();
        outbox.append(fresh.stream()
                .flatMap(request ->
                        event(request, now).stream().map(event -> new Outgoing(event, request.traceParent())))
                .toList());
        signalAfterCommit();
        return verdicts(requests, inserted, now);
    }

    private List<Taken> verdicts(List<Checked> requests, Set<MessageKey> inserted, Instant now) {
        Set<MessageKey> told = new HashSet<>();
        List<MessageKey> repeated = requests.stream()
                .map(Checked::key)
                .filter(key -> !inserted.contains(key) || !told.add(key))
                .distinct()
                .toList();
        Map<MessageKey, Kept> kept = repeated.isEmpty() ? Map.of() : store.find(repeated);
        told.clear();
        List<Taken> taken = new ArrayList<>(requests.size());
        for (Checked request : requests) {
            boolean isNew = inserted.contains(request.key()) && told.add(request.key());
            taken.add(isNew ? new Taken.New(request.status(now)) : repeat(request, kept.get(request.key())));
        }
        return taken;
    }

    private static Taken repeat(Checked request, @Nullable Kept known) {
        return known != null && known.isOf(request) ? new Taken.Repeat(known.status()) : new Taken.Reused();
    }

    private static List<OutboundEvent> event(Checked request, Instant now) {
        MessageHeader header = new MessageHeader(
                request.key().messageId(),
                request.key().site(),
                request.contact(),
                request.sender(),
                request.caseRef(),
                request.sentBy(),
                request.purpose(),
                request.attributes());
        if (request.rejection().isPresent()) {
            Rejection why = request.rejection().get();
            return List.of(new MessageRejected(header, now, why.reason(), why.detail(), request.body()));
        }
        return request.isScheduled(now)
                ? List.of(new MessageScheduled(header, now, request.lineAt(), request.body()))
                : List.of();
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
        Map<Person, String> last = store.lastSenders(open);
        return requests.stream()
                .map(request ->
                        request.leavesSenderOpen() ? withSender(request, last.get(Person.of(request))) : request)
                .toList();
    }

    private Checked withSender(Checked request, @Nullable String last) {
        List<String> own = sites.find(request.key().site()).map(SiteDocument::senders).orElse(List.of()).stream()
                .map(Sender::address)
                .toList();
        return request.withSender(last != null && own.contains(last) ? last : own.getFirst());
    }
}

package org.casewire.outbound.request;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.SendCancelled;
import org.casewire.events.SendQueueEvent;
import org.casewire.events.SendRequested;
import org.casewire.events.SiteDocument;
import org.casewire.events.Topics;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.EventReader;
import org.casewire.events.transport.Received;
import org.casewire.events.transport.Received.Arrived;
import org.casewire.events.transport.UnreadableEvent;
import org.casewire.outbound.message.Cancel;
import org.casewire.outbound.message.Cancellations;
import org.casewire.outbound.message.MessageKey;
import org.casewire.outbound.request.Acceptance.Taken;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Drains the send queue. */
@Component
class SendQueueListener {

    private final EventReader reader;
    private final Requests requests;
    private final Acceptance acceptance;
    private final Cancellations cancellations;
    private final Sites sites;
    private final Clock clock;

    SendQueueListener(
            EventReader reader,
            Requests requests,
            Acceptance acceptance,
            Cancellations cancellations,
            Sites sites,
            Clock clock) {
        this.reader = reader;
        this.requests = requests;
        this.acceptance = acceptance;
        this.cancellations = cancellations;
        this.sites = sites;
        this.clock = clock;
    }

    @KafkaListener(topics = Topics.SEND_QUEUE)
    void on(List<ConsumerRecord<String, byte[]>> records) {
        reader.readLeniently(records, SendQueueEvent.class, this::accept);
    }

    /** Cancellations first: one that came after its request and one that overtook it end alike. */
    private void accept(List<Received<SendQueueEvent>> batch) {
        List<Asked> asked = new ArrayList<>(batch.size());
        List<Cancel> cancels = new ArrayList<>();
        batch.forEach(received -> sort(received, asked, cancels));
        if (!cancels.isEmpty()) {
            cancellations.cancelOrRemember(cancels);
        }
        List<Checked> checked = requests.examine(asked);
        List<Taken> taken = acceptance.accept(checked);
        // Thrown after the good ones were kept: the reader then tries them one by one and puts only this one aside.
        for (int i = 0; i < taken.size(); i++) {
            if (taken.get(i) instanceof Taken.Reused) {
                throw new UnreadableEvent("messageId " + checked.get(i).key().messageId()
                        + " was used before for another request of this site; a new text needs a new id");
            }
        }
    }

    private void sort(Received<SendQueueEvent> received, List<Asked> asked, List<Cancel> cancels) {
        switch (received) {
            case Arrived<SendQueueEvent>(SendRequested request, var problems, var origin) ->
                asked.add(
                        new Asked(named(request.messageId()), request, problems, origin.time(), origin.traceParent()));
            case Arrived<SendQueueEvent>(SendCancelled cancelled, var problems, var origin) ->
                cancels.add(cancel(cancelled, origin));
            case Received.Tombstone<SendQueueEvent> nothing ->
                throw new UnreadableEvent("the value is missing; a send request cannot be empty");
        }
    }

    private static UUID named(@Nullable UUID messageId) {
        if (messageId == null) {
            throw new UnreadableEvent("messageId is missing or no UUID, so the message cannot be named");
        }
        return messageId;
    }

    private Cancel cancel(SendCancelled cancelled, Received.Origin origin) {
        UUID messageId = named(cancelled.messageId());
        SiteDocument site = sites.find(cancelled.site())
                .orElseThrow(() -> new UnreadableEvent("there is no site '" + cancelled.site() + "'"));
        String to = cancelled.to();
        return new Cancel(
                new MessageKey(cancelled.site(), messageId),
                to == null ? null : PhoneNumbers.normalised(to, site.region()),
                cancelled.cancelledBy(),
                cancelled.reason(),
                clock.instant(),
                origin.traceParent());
    }
}

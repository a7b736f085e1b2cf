package org.casewire.outbound.request;

import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.SendCancelled;
import org.casewire.events.SendQueueEvent;
import org.casewire.events.SendRequested;
import org.casewire.events.Topics;
import org.casewire.events.transport.EventReader;
import org.casewire.events.transport.Received;
import org.casewire.events.transport.Received.Arrived;
import org.casewire.events.transport.UnreadableEvent;
import org.casewire.outbound.request.Acceptance.Taken;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Drains the send queue. */
@Component
class SendQueueListener {

    private final EventReader reader;
    private final Requests requests;
    private final Acceptance acceptance;

    SendQueueListener(EventReader reader, Requests requests, Acceptance acceptance) {
        this.reader = reader;
        this.requests = requests;
        this.acceptance = acceptance;
    }

    @KafkaListener(topics = Topics.SEND_QUEUE)
    void on(List<ConsumerRecord<String, byte[]>> records) {
        reader.readLeniently(records, SendQueueEvent.class, this::accept);
    }

    private void accept(List<Received<SendQueueEvent>> batch) {
        List<Checked> checked =
                requests.examine(batch.stream().map(SendQueueListener::asked).toList());
        List<Taken> taken = acceptance.accept(checked);
        // Thrown after the good ones were kept: the reader then tries them one by one and puts only this one aside.
        for (int i = 0; i < taken.size(); i++) {
            if (taken.get(i) instanceof Taken.Reused) {
                throw new UnreadableEvent("messageId " + checked.get(i).key().messageId()
                        + " was used before for another request of this site; a new text needs a new id");
            }
        }
    }

    private static Asked asked(Received<SendQueueEvent> received) {
        return switch (received) {
            case Arrived<SendQueueEvent>(SendRequested request, var problems, var origin) -> {
                UUID messageId = request.messageId();
                if (messageId == null) {
                    throw new UnreadableEvent("messageId is missing or no UUID, so the request cannot be named");
                }
                yield new Asked(messageId, request, problems, origin.time(), origin.traceParent());
            }
            case Arrived<SendQueueEvent>(SendCancelled cancelled, var problems, var origin) ->
                throw new UnreadableEvent("a cancellation is not understood yet");
            case Received.Tombstone<SendQueueEvent> nothing ->
                throw new UnreadableEvent("the value is missing; a send request cannot be empty");
        };
    }
}

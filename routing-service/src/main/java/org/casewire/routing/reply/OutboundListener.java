package org.casewire.routing.reply;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.OutboundEvent;
import org.casewire.events.Topics;
import org.casewire.events.transport.EventReader;
import org.casewire.events.transport.Received;
import org.casewire.events.transport.UnreadableEvent;
import org.casewire.routing.sent.Told;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Follows what was sent, for it decides where replies go. */
@Component
class OutboundListener {

    private final EventReader reader;
    private final SentFollower follower;

    OutboundListener(EventReader reader, SentFollower follower) {
        this.reader = reader;
        this.follower = follower;
    }

    private record Place(int partition, long offset) {}

    @KafkaListener(id = "outbound", idIsGroup = false, topics = Topics.OUTBOUND)
    void on(List<ConsumerRecord<String, byte[]>> records) {
        Map<Place, Instant> writtenAt = new HashMap<>();
        records.forEach(message -> writtenAt.put(
                new Place(message.partition(), message.offset()), Instant.ofEpochMilli(message.timestamp())));
        reader.read(
                records,
                OutboundEvent.class,
                batch -> follower.follow(
                        batch.stream().map(one -> told(one, writtenAt)).toList()));
    }

    private static Told told(Received<OutboundEvent> received, Map<Place, Instant> writtenAt) {
        return switch (received) {
            case Received.Arrived<OutboundEvent>(OutboundEvent event, var problems, var origin) ->
                new Told(
                        event,
                        writtenAt.getOrDefault(new Place(origin.partition(), origin.offset()), origin.time()),
                        origin.traceParent());
            case Received.Tombstone<OutboundEvent> nothing -> throw new UnreadableEvent("the record has no value");
        };
    }
}

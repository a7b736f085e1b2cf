package org.casewire.notification.outbound;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.OutboundEvent;
import org.casewire.events.Topics;
import org.casewire.events.transport.EventReader;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Reads {@link Topics#OUTBOUND}. */
@Component
class OutboundListener {

    private final EventReader reader;
    private final List<OutboundFollower> followers;

    OutboundListener(EventReader reader, List<OutboundFollower> followers) {
        this.reader = reader;
        this.followers = followers;
    }

    @KafkaListener(topics = Topics.OUTBOUND)
    void on(List<ConsumerRecord<String, byte[]>> records) {
        for (OutboundFollower follower : followers) {
            List<ConsumerRecord<String, byte[]>> about =
                    records.stream().filter(follower::mayConcern).toList();
            reader.read(about, OutboundEvent.class, follower::follow);
        }
    }
}

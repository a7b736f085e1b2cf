package org.casewire.routing.people;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.ConsentEvent;
import org.casewire.events.Topics;
import org.casewire.events.transport.EventReader;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Hears what people said about being texted. */
@Component
class ConsentListener {

    private final EventReader reader;
    private final Consents consents;

    ConsentListener(EventReader reader, Consents consents) {
        this.reader = reader;
        this.consents = consents;
    }

    @KafkaListener(id = "consents", idIsGroup = false, topics = Topics.CONSENT)
    void on(List<ConsumerRecord<String, byte[]>> records) {
        reader.read(records, ConsentEvent.class, consents::hear);
    }
}

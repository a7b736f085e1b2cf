package org.casewire.routing.reply;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.InboundEvent;
import org.casewire.events.Topics;
import org.casewire.events.transport.EventReader;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Follows what comes in. */
@Component
class InboundListener {

    static final String ID = "inbound";

    private final EventReader reader;
    private final ReplyFiling filing;

    InboundListener(EventReader reader, ReplyFiling filing) {
        this.reader = reader;
        this.filing = filing;
    }

    @KafkaListener(
            id = ID,
            idIsGroup = false,
            topics = Topics.INBOUND,
            concurrency = "${casewire.routing.concurrency:2}")
    void on(List<ConsumerRecord<String, byte[]>> records) {
        reader.read(records, InboundEvent.class, filing::file);
    }
}

package org.casewire.routing.cases;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.CaseEvent;
import org.casewire.events.Topics;
import org.casewire.events.transport.EventReader;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Follows the upstream's cases. */
@Component
class CaseListener {

    private final EventReader reader;
    private final CaseProjection cases;

    CaseListener(EventReader reader, CaseProjection cases) {
        this.reader = reader;
        this.cases = cases;
    }

    @KafkaListener(
            id = "cases",
            idIsGroup = false,
            topics = Topics.CASES,
            concurrency = "${casewire.routing.concurrency:2}")
    void on(List<ConsumerRecord<String, byte[]>> records) {
        reader.read(records, CaseEvent.class, cases::apply);
    }
}

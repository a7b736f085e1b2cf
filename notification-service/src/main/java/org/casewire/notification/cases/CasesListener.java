package org.casewire.notification.cases;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.CaseEvent;
import org.casewire.events.Topics;
import org.casewire.events.transport.EventReader;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Reads {@link Topics#CASES}. */
@Component
class CasesListener {

    private final EventReader reader;
    private final Cases cases;

    CasesListener(EventReader reader, Cases cases) {
        this.reader = reader;
        this.cases = cases;
    }

    @KafkaListener(topics = Topics.CASES)
    void on(List<ConsumerRecord<String, byte[]>> records) {
        reader.read(records, CaseEvent.class, cases::apply);
    }
}

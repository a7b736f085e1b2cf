package org.casewire.notification.calendar;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.CalendarEvent;
import org.casewire.events.Topics;
import org.casewire.events.transport.EventReader;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Reads {@link Topics#CALENDAR}. */
@Component
class CalendarListener {

    private final EventReader reader;
    private final Calendar calendar;

    CalendarListener(EventReader reader, Calendar calendar) {
        this.reader = reader;
        this.calendar = calendar;
    }

    @KafkaListener(topics = Topics.CALENDAR)
    void on(List<ConsumerRecord<String, byte[]>> records) {
        reader.read(records, CalendarEvent.class, calendar::apply);
    }
}

package org.casewire.notification.users;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.Topics;
import org.casewire.events.UserEvent;
import org.casewire.events.transport.EventReader;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Reads {@link Topics#USERS}. */
@Component
class UsersListener {

    private final EventReader reader;
    private final Users users;

    UsersListener(EventReader reader, Users users) {
        this.reader = reader;
        this.users = users;
    }

    @KafkaListener(topics = Topics.USERS)
    void on(List<ConsumerRecord<String, byte[]>> records) {
        reader.read(records, UserEvent.class, users::apply);
    }
}

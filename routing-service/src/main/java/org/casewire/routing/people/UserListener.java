package org.casewire.routing.people;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.Topics;
import org.casewire.events.UserEvent;
import org.casewire.events.transport.EventReader;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Follows the upstream's users. */
@Component
class UserListener {

    private final EventReader reader;
    private final UserProfiles profiles;

    UserListener(EventReader reader, UserProfiles profiles) {
        this.reader = reader;
        this.profiles = profiles;
    }

    @KafkaListener(id = "users", idIsGroup = false, topics = Topics.USERS)
    void on(List<ConsumerRecord<String, byte[]>> records) {
        reader.read(records, UserEvent.class, profiles::apply);
    }
}

package org.casewire.notification.notice;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.ActivityEvent;
import org.casewire.events.Topics;
import org.casewire.events.transport.EventReader;
import org.casewire.events.transport.Received;
import org.casewire.notification.progress.LogProgress;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Reads {@link Topics#ACTIVITY}; who is told is only known once the profiles on the log were read. */
@Component
class ActivityListener {

    private final EventReader reader;
    private final Notices notices;
    private final LogProgress progress;

    ActivityListener(EventReader reader, Notices notices, LogProgress progress) {
        this.reader = reader;
        this.notices = notices;
        this.progress = progress;
    }

    @KafkaListener(topics = Topics.ACTIVITY)
    void on(List<ConsumerRecord<String, byte[]>> records) {
        reader.read(records, ActivityEvent.class, this::tell);
    }

    private void tell(List<Received<ActivityEvent>> batch) {
        progress.awaitRead(Topics.USERS);
        notices.tell(batch);
    }
}

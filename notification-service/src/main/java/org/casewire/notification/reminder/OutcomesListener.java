package org.casewire.notification.reminder;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.OutboundEvent;
import org.casewire.events.Purpose;
import org.casewire.events.Topics;
import org.casewire.events.transport.EventReader;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Reads {@link Topics#OUTBOUND} for what became of reminders. */
@Component
class OutcomesListener {

    private static final byte[] REMINDER = ('"' + Purpose.REMINDER.name() + '"').getBytes(StandardCharsets.US_ASCII);

    private final EventReader reader;
    private final Outcomes outcomes;

    OutcomesListener(EventReader reader, Outcomes outcomes) {
        this.reader = reader;
        this.outcomes = outcomes;
    }

    @KafkaListener(topics = Topics.OUTBOUND)
    void on(List<ConsumerRecord<String, byte[]>> records) {
        List<ConsumerRecord<String, byte[]>> about =
                records.stream().filter(OutcomesListener::mayBeOfAReminder).toList();
        reader.read(about, OutboundEvent.class, outcomes::follow);
    }

    /** Most of that topic is about other texts; looking for a word is cheaper than reading them. */
    private static boolean mayBeOfAReminder(ConsumerRecord<String, byte[]> message) {
        byte[] value = message.value();
        for (int at = 0; value != null && at <= value.length - REMINDER.length; at++) {
            int length = 0;
            while (length < REMINDER.length && value[at + length] == REMINDER[length]) {
                length++;
            }
            if (length == REMINDER.length) {
                return true;
            }
        }
        return false;
    }
}

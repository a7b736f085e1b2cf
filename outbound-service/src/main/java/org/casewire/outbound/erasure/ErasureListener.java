package org.casewire.outbound.erasure;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.ReplyEvent;
import org.casewire.events.ReplyEvent.TextsErased;
import org.casewire.events.Topics;
import org.casewire.events.transport.EventReader;
import org.casewire.events.transport.Received;
import org.casewire.events.transport.Received.Arrived;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Hears whose texts were erased; everything else that is said of replies is not for us. */
@Component
class ErasureListener {

    private final EventReader reader;
    private final ErasedTexts texts;

    ErasureListener(EventReader reader, ErasedTexts texts) {
        this.reader = reader;
        this.texts = texts;
    }

    @KafkaListener(topics = Topics.REPLIES)
    void on(List<ConsumerRecord<String, byte[]>> records) {
        reader.readLeniently(records, ReplyEvent.class, this::follow);
    }

    private void follow(List<Received<ReplyEvent>> batch) {
        for (Received<ReplyEvent> received : batch) {
            if (received instanceof Arrived<ReplyEvent>(TextsErased erased, var problems, var origin)) {
                texts.forget(erased);
            }
        }
    }
}

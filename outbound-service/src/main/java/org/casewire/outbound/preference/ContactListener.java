package org.casewire.outbound.preference;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.ContactEvent;
import org.casewire.events.ContactEvent.ContactChanged;
import org.casewire.events.Topics;
import org.casewire.events.transport.EventReader;
import org.casewire.events.transport.Received;
import org.casewire.events.transport.Received.Arrived;
import org.casewire.events.transport.UnreadableEvent;
import org.casewire.outbound.snapshot.Change;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Follows the upstream's clients. */
@Component
class ContactListener {

    /** Without one of these it is not known whether the person may be texted; the rest a text can do without. */
    private static final Set<String> DECISIVE = Set.of("mobile", "textingEnabled", "delivery", "deliveryLocked");

    private static final Change.Reading<ContactEvent, ContactChanged> READING = new Change.Reading<>() {
        @Override
        public ContactChanged snapshot(ContactEvent event) {
            return switch (event) {
                case ContactChanged changed -> changed;
            };
        }

        @Override
        public Instant updatedAt(ContactChanged snapshot) {
            return snapshot.updatedAt();
        }

        @Override
        public void checkKey(String key) {
            if (!key.matches("(?s)[^|]+\\|.+")) {
                throw new UnreadableEvent("the key of a tombstone must be <site>|<contact id>");
            }
        }
    };

    private final EventReader reader;
    private final UpstreamContacts contacts;

    ContactListener(EventReader reader, UpstreamContacts contacts) {
        this.reader = reader;
        this.contacts = contacts;
    }

    @KafkaListener(topics = Topics.CONTACTS)
    void on(List<ConsumerRecord<String, byte[]>> records) {
        reader.readLeniently(records, ContactEvent.class, this::apply);
    }

    private void apply(List<Received<ContactEvent>> batch) {
        batch.forEach(ContactListener::refuseDoubtful);
        contacts.apply(Change.of(batch, READING));
    }

    private static void refuseDoubtful(Received<ContactEvent> received) {
        if (received instanceof Arrived<ContactEvent>(ContactEvent event, var problems, var origin)) {
            problems.stream()
                    .filter(problem -> DECISIVE.contains(problem.field()))
                    .findFirst()
                    .ifPresent(problem -> {
                        throw new UnreadableEvent(problem.toString());
                    });
        }
    }
}

package org.casewire.outbound.cases;

import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.CaseEvent;
import org.casewire.events.CaseEvent.CaseChanged;
import org.casewire.events.Topics;
import org.casewire.events.transport.EventReader;
import org.casewire.events.transport.Received;
import org.casewire.events.transport.Received.Arrived;
import org.casewire.events.transport.UnreadableEvent;
import org.casewire.outbound.snapshot.Change;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Follows the upstream's cases. */
@Component
class CaseListener {

    private static final Change.Reading<CaseEvent, CaseChanged> READING = new Change.Reading<>() {
        @Override
        public CaseChanged snapshot(CaseEvent event) {
            return switch (event) {
                case CaseChanged changed -> changed;
            };
        }

        @Override
        public Instant updatedAt(CaseChanged snapshot) {
            return snapshot.updatedAt();
        }

        @Override
        public void checkKey(String key) {
            if (!key.matches("(?s)[^|]+\\|(CASE|INTAKE|PRESCREEN)\\|.+")) {
                throw new UnreadableEvent("the key of a tombstone must be <site>|CASE, INTAKE or PRESCREEN|<case id>");
            }
        }
    };

    private final EventReader reader;
    private final CaseNumbers cases;

    CaseListener(EventReader reader, CaseNumbers cases) {
        this.reader = reader;
        this.cases = cases;
    }

    @KafkaListener(topics = Topics.CASES)
    void on(List<ConsumerRecord<String, byte[]>> records) {
        reader.readLeniently(records, CaseEvent.class, this::apply);
    }

    private void apply(List<Received<CaseEvent>> batch) {
        batch.forEach(CaseListener::refuseUnreadablePhones);
        cases.apply(Change.of(batch, READING));
    }

    /** What else of a case cannot be read is for those who need it. */
    private static void refuseUnreadablePhones(Received<CaseEvent> received) {
        if (received instanceof Arrived<CaseEvent>(CaseEvent event, var problems, var origin)) {
            problems.stream()
                    .filter(problem -> problem.field().startsWith("phones"))
                    .findFirst()
                    .ifPresent(problem -> {
                        throw new UnreadableEvent(problem.toString());
                    });
        }
    }
}

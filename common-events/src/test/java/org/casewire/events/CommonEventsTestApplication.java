package org.casewire.events;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.transport.EventReader;
import org.casewire.events.transport.Received;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The smallest service: it reads cases and remembers them. */
@SpringBootApplication
public class CommonEventsTestApplication {

    @RestController
    static class Things {

        @GetMapping("/api/sites/{site}/things")
        @PreAuthorize("hasRole('STAFF')")
        List<String> things(@PathVariable String site) {
            return List.of(site);
        }
    }

    public static class Memory {
        public final List<Received<CaseEvent>> received = new CopyOnWriteArrayList<>();
        public final AtomicInteger troubles = new AtomicInteger();
    }

    @org.springframework.context.annotation.Bean
    Memory memory() {
        return new Memory();
    }

    @org.springframework.stereotype.Component
    static class CaseListener {

        private final EventReader reader;
        private final Memory memory;

        CaseListener(EventReader reader, Memory memory) {
            this.reader = reader;
            this.memory = memory;
        }

        @KafkaListener(topics = Topics.CASES)
        void on(List<ConsumerRecord<String, byte[]>> records) {
            reader.read(records, CaseEvent.class, this::remember);
        }

        private void remember(List<Received<CaseEvent>> batch) {
            List<Received<CaseEvent>> good = new ArrayList<>();
            for (Received<CaseEvent> one : batch) {
                String key = String.valueOf(one.origin().key());
                if (key.contains("poison")) {
                    throw new IllegalStateException("this one cannot be handled");
                }
                if (key.contains("trouble") && memory.troubles.getAndDecrement() > 0) {
                    throw new CannotAcquireLockException("the database is busy");
                }
                good.add(one);
            }
            memory.received.addAll(good);
        }
    }
}

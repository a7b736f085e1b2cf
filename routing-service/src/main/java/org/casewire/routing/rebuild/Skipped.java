package org.casewire.routing.rebuild;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.transport.EventReader;

/** Counts what cannot be read: the service put it among the dead letters when it came to it. */
final class Skipped implements EventReader.Aside {

    private long count;

    @Override
    public void put(ConsumerRecord<String, byte[]> message, String reason, Throwable failure) {
        count++;
    }

    long count() {
        return count;
    }
}

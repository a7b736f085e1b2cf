package org.casewire.routing.rebuild;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.transport.EventReader;
import org.springframework.jdbc.BadSqlGrammarException;

/**
 * Counts what cannot be read: the service put it among the dead letters when it came to it. Tables that are not there
 * are no record's fault.
 */
final class Skipped implements EventReader.Aside {

    private long count;

    @Override
    public void put(ConsumerRecord<String, byte[]> message, String reason, Throwable failure) {
        if (failure instanceof BadSqlGrammarException noTables) {
            throw noTables;
        }
        count++;
    }

    long count() {
        return count;
    }
}

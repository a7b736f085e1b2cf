package org.casewire.bench.outbox;

import java.util.List;
import org.casewire.events.OutboundEvent;

/** An outbox under test, in its own application context. */
sealed interface Candidate extends AutoCloseable permits Ours, Namastack {

    /** Starts the one named. */
    static Candidate start(String name, String jdbcUrl, String kafka) {
        return switch (name) {
            case "ours" -> Ours.start(jdbcUrl, kafka);
            case "namastack" -> Namastack.start(jdbcUrl, kafka);
            default -> throw new IllegalArgumentException("No candidate is called " + name);
        };
    }

    /** Appends events in one transaction and commits it. */
    void append(List<OutboundEvent> events);

    @Override
    void close();

    /** What both are told about the parts they use. */
    static String[] parts(String name, String jdbcUrl, String kafka) {
        return new String[] {
            "--spring.config.name=" + name,
            "--spring.datasource.url=" + jdbcUrl,
            "--spring.datasource.username=postgres",
            "--spring.datasource.password=postgres",
            "--spring.kafka.bootstrap-servers=" + kafka
        };
    }
}

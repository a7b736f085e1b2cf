package org.casewire.notification.retention;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Deletes what is old, a few rows in a transaction; one instance at a time. */
@Component
class Retention {

    /** Any number will do, as long as all instances use the same one. */
    private static final String BECOME_CLEANER = "SELECT pg_try_advisory_xact_lock(" + 0x726574656e74L + ")";

    private final JdbcClient jdbc;
    private final List<Expiring> kinds;
    private final RetentionProperties properties;
    private final MeterRegistry meters;
    private final Clock clock;

    Retention(
            JdbcClient jdbc, List<Expiring> kinds, RetentionProperties properties, MeterRegistry meters, Clock clock) {
        this.jdbc = jdbc;
        this.kinds = kinds;
        this.properties = properties;
        this.meters = meters;
        this.clock = clock;
    }

    List<Expiring> kinds() {
        return kinds;
    }

    /** Deletes some of one kind; returns how many, 0 when there are no more or another instance is at it. */
    @Transactional
    public int deleteSome(Expiring kind) {
        if (!jdbc.sql(BECOME_CLEANER).query(Boolean.class).single()) {
            return 0;
        }
        int gone = jdbc.sql(kind.delete())
                .param("before", clock.instant().minus(kind.keep()).toString())
                .param("most", properties.batch())
                .query(Integer.class)
                .single();
        meters.counter("casewire.retention.deleted", "kind", kind.kind()).increment(gone);
        return gone;
    }
}

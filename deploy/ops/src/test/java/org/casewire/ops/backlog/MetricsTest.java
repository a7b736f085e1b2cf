package org.casewire.ops.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.casewire.ops.backlog.Metrics.Waiting;
import org.junit.jupiter.api.Test;

class MetricsTest {

    @Test
    void whatWaitsIsReadWithItsAge() {
        assertThat(Metrics.parse("""
                # TYPE casewire_backlog gauge
                casewire_backlog{queue="ready"} 12.0
                casewire_backlog{queue="outbox"} 100000.0
                casewire_backlog{queue="doubt"} NaN
                casewire_backlog_age_seconds{application="x",queue="ready"} 1.25E2
                casewire_spool_records 3.0
                casewire_spool_age_seconds{instance="a"} 7.9
                casewire_spool_size_bytes 512.0
                """))
                .isEqualTo(Map.of(
                        "ready", new Waiting(12, Optional.of(125L)),
                        "outbox", new Waiting(100_000, Optional.empty()),
                        "spool", new Waiting(3, Optional.of(7L))));
    }

    @Test
    void nobodyThereIsNoAnswer() {
        assertThat(new Metrics().read("http://127.0.0.1:1")).isEmpty();
        assertThat(new Metrics().read("not an address")).isEmpty();
    }
}

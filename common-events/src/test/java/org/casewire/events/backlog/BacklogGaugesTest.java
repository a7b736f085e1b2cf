package org.casewire.events.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.casewire.events.testing.RealParts;
import org.casewire.events.testing.WithRealParts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@WithRealParts
class BacklogGaugesTest {

    private static final Instant NOW = Instant.parse("2026-03-06T12:00:00Z");
    private static final Backlog WORK =
            new Backlog("work", "SELECT count(*) AS waiting, min(due_at) AS oldest FROM work");

    private enum Why {
        TIRED,
        FORBIDDEN
    }

    private static final Backlog HELD =
            Backlog.byReason("held", Why.values(), "SELECT why AS reason, count(*) AS waiting FROM held GROUP BY why");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private JdbcTemplate jdbc;
    private BacklogGauges gauges;

    @BeforeEach
    void makeTable() {
        jdbc = new JdbcTemplate(new DriverManagerDataSource(RealParts.newDatabase(), "postgres", "postgres"));
        jdbc.execute("CREATE TABLE work (due_at timestamptz)");
        jdbc.execute("CREATE TABLE held (why text)");
        gauges = new BacklogGauges(
                jdbc, List.of(WORK, HELD), Duration.ofHours(1), meters, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private double gauge(String name) {
        return meters.get(name).tag("queue", "work").gauge().value();
    }

    @Test
    void whatWaitsIsCountedWithTheAgeOfTheOldest() {
        jdbc.execute("INSERT INTO work VALUES ('2026-03-06T11:58:30Z'), ('2026-03-06T11:59:59Z')");
        gauges.read();
        assertThat(gauge("casewire.backlog")).isEqualTo(2);
        assertThat(gauge("casewire.backlog.age")).isEqualTo(90);
    }

    @Test
    void nothingWaitingAndNothingDueYetAreNoAge() {
        gauges.read();
        assertThat(gauge("casewire.backlog")).isZero();
        assertThat(gauge("casewire.backlog.age")).isZero();
        jdbc.execute("INSERT INTO work VALUES ('2026-03-07T12:00:00Z')");
        gauges.read();
        assertThat(gauge("casewire.backlog")).isEqualTo(1);
        assertThat(gauge("casewire.backlog.age")).isZero();
    }

    @Test
    void whatWaitsForDifferentReasonsIsCountedByReasonToo() {
        jdbc.execute("INSERT INTO held VALUES ('TIRED'), ('TIRED')");
        gauges.read();
        assertThat(meters.get("casewire.backlog").tag("queue", "held").gauge().value())
                .isEqualTo(2);
        assertThat(held("TIRED")).isEqualTo(2);
        assertThat(held("FORBIDDEN")).isZero();
        jdbc.execute("DROP TABLE held");
        gauges.read();
        assertThat(held("TIRED")).isNaN();
    }

    private double held(String reason) {
        return meters.get("casewire.backlog.reasons")
                .tags("queue", "held", "reason", reason)
                .gauge()
                .value();
    }

    @Test
    void aQueueWhoseAgeNobodyKnowsHasNone() {
        assertThat(meters.find("casewire.backlog.age").tag("queue", "held").gauge())
                .isNull();
    }

    @Test
    void whatCannotBeCountedHasNoValue() {
        gauges.read();
        jdbc.execute("DROP TABLE work");
        gauges.read();
        assertThat(gauge("casewire.backlog")).isNaN();
        assertThat(gauge("casewire.backlog.age")).isNaN();
    }
}

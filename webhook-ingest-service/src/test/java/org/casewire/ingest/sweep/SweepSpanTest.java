package org.casewire.ingest.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SweepSpanTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duty DUTY = new Duty("demo", "+14045550100");

    @Test
    void whatWasSweptIsSweptAgainForTheOverlapButNeverBeforeTheBeginning() {
        Sweep sweep = Sweep.forEver(DUTY, NOON, NOON);
        assertThat(sweep.start(HOUR)).isEqualTo(NOON);
        assertThat(sweep.reached(NOON.plusSeconds(600)).start(HOUR)).isEqualTo(NOON);
        assertThat(sweep.reached(NOON.plus(HOUR.multipliedBy(3))).start(HOUR))
                .isEqualTo(NOON.plus(HOUR.multipliedBy(2)));
        assertThat(sweep.reached(NOON.minus(HOUR)).through()).isEqualTo(NOON);
        assertThat(sweep.isDone()).isFalse();
    }

    @Test
    void anAskedSweepIsDoneOnceItsLastSecondIsThrough() {
        Sweep sweep = Sweep.asked(DUTY, "1", NOON, NOON.plusMillis(2500), NOON);
        assertThat(sweep.end(NOON.plusMillis(2100))).isEqualTo(NOON.plusSeconds(2));
        assertThat(sweep.reached(NOON.plusSeconds(2)).isDone()).isFalse();
        assertThat(sweep.end(NOON.plus(HOUR))).isEqualTo(NOON.plusSeconds(3));
        assertThat(sweep.reached(NOON.plusSeconds(3)).isDone()).isTrue();
        assertThat(sweep.isHopeless(NOON.plus(Duration.ofDays(6)))).isFalse();
        assertThat(sweep.isHopeless(NOON.plus(Duration.ofDays(8)))).isTrue();
    }

    @Test
    void allRecordsOfANumberAreOnItsPartition() {
        assertThat(Sweep.asked(DUTY, "1", NOON, NOON, NOON).key()).isEqualTo("demo|+14045550100|1");
        assertThat(Sweep.forEver(DUTY, NOON, NOON).key()).isEqualTo("demo|+14045550100");
        assertThat(DUTY.partition(12)).isBetween(0, 11);
    }
}

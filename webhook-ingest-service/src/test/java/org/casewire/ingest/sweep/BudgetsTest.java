package org.casewire.ingest.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class BudgetsTest {

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final InstantSource time = () -> now;
    private final Clock clock = time.withZone(ZoneOffset.UTC);
    private final Budgets budgets = new Budgets(clock, 4);

    private Duration asked(double share) {
        return budgets.takeOrWait("AC1", share);
    }

    @Test
    void anAccountIsAskedNoMoreOftenInAnyMinuteThanAllowed() {
        for (int second = 0; second < 4; second++) {
            assertThat(asked(1)).isZero();
            now = now.plusSeconds(1);
        }
        assertThat(asked(1)).isEqualTo(Duration.ofSeconds(56));
        assertThat(budgets.takeOrWait("AC2", 1)).isZero();
        now = now.plusSeconds(56);
        assertThat(asked(1)).isZero();
        assertThat(asked(1)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void anInstanceHasItsShareOfTheBudgetAndAtLeastOne() {
        assertThat(asked(0.5)).isZero();
        assertThat(asked(0.5)).isZero();
        assertThat(asked(0.5)).isEqualTo(Duration.ofMinutes(1));
        assertThat(budgets.takeOrWait("AC2", 0.01)).isZero();
    }

    @Test
    void anAccountThatWasAskedTooOftenIsLeftAlone() {
        budgets.rest("AC1", Duration.ofSeconds(30));
        budgets.rest("AC1", Duration.ofSeconds(10));
        assertThat(asked(1)).isEqualTo(Duration.ofSeconds(30));
        now = now.plusSeconds(30);
        assertThat(asked(1)).isZero();
    }
}

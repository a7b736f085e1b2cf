package org.casewire.routing.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.casewire.routing.document.Outcome.NotNow;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final Patience patience = new Patience(new DocumentProperties(
            Path.of("unused"),
            null,
            null,
            1,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofDays(3),
            false));

    private static NotNow failure(Reason reason) {
        return NotNow.because(reason, "for a reason");
    }

    @Test
    void thePausesGrowToTheLongestAndNoFurther() {
        for (int attempt = 1; attempt < 100; attempt++) {
            long whole = Math.min(1_000L << Math.min(attempt - 1, 20), 300_000);
            assertThat(patience.backOff(attempt).toMillis()).isBetween(whole / 2, whole);
        }
    }

    @Test
    void whatTwilioDoesNotHaveIsAskedForUntilTheTimeIsOverAndOnceThen() {
        Instant almost = START.plus(Duration.ofMinutes(29));

        assertThat(patience.next(failure(Reason.NOT_FOUND), START, START, 20, almost))
                .hasValueSatisfying(
                        next -> assertThat(next).isAfter(almost).isBeforeOrEqualTo(START.plus(Duration.ofMinutes(30))));
        assertThat(patience.next(failure(Reason.NOT_FOUND), START, START, 20, START.plus(Duration.ofMinutes(30))))
                .isEmpty();
    }

    @Test
    void whatTwilioCannotGiveIsAskedForMuchLonger() {
        assertThat(patience.next(failure(Reason.TWILIO_AWAY), START, START, 20, START.plus(Duration.ofDays(2))))
                .isPresent();
        assertThat(patience.next(failure(Reason.TWILIO_AWAY), START, START, 20, START.plus(Duration.ofDays(3))))
                .isEmpty();
    }

    @Test
    void aStoreOfOursThatIsAwayLosesNothing() {
        assertThat(patience.next(failure(Reason.STORE_AWAY), START, START, 20, START.plus(Duration.ofDays(300))))
                .isPresent();
    }
}

package org.casewire.ingest.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.casewire.ingest.quarantine.Kept.State;
import org.junit.jupiter.api.Test;

class ShelfTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static Kept kept(String site, int number, boolean plausible) {
        return new Kept(
                "%04d".formatted(number),
                site,
                "messages",
                NOON.plusSeconds(number),
                "SIGNATURE_INVALID",
                State.REFUSED,
                plausible,
                "k",
                new byte[600],
                null,
                null);
    }

    private static List<String> ids(Shelf shelf, String site) {
        return shelf.list(site, Optional.empty(), kept -> true, 100).stream()
                .map(Kept::id)
                .toList();
    }

    @Test
    void theNewestComeFirstPageByPage() {
        Shelf shelf = new Shelf(100, 1_000_000);
        for (int number = 1; number <= 5; number++) {
            shelf.put(kept("demo", number, number % 2 == 0));
        }
        assertThat(ids(shelf, "demo")).containsExactly("0005", "0004", "0003", "0002", "0001");
        assertThat(shelf.list("demo", Optional.of("0003"), kept -> true, 1))
                .extracting(Kept::id)
                .containsExactly("0002");
        assertThat(ids(shelf, "other")).isEmpty();
        assertThat(shelf.find("other", "0001")).isEmpty();
    }

    @Test
    void aFloodOfForgeriesPushesOutForgeriesOnly() {
        Shelf shelf = new Shelf(10, 1_000_000);
        shelf.put(kept("demo", 1, true));
        for (int number = 2; number <= 50; number++) {
            shelf.put(kept("demo", number, false));
        }
        assertThat(ids(shelf, "demo")).hasSize(10).contains("0001", "0050").doesNotContain("0002");
    }

    @Test
    void ofTooManyBytesTheSiteThatHoldsMostGivesWay() {
        Shelf shelf = new Shelf(1000, 10_000);
        shelf.put(kept("quiet", 1, false));
        for (int number = 2; number <= 50; number++) {
            shelf.put(kept("flooded", number, false));
        }
        assertThat(ids(shelf, "quiet")).containsExactly("0001");
        assertThat(ids(shelf, "flooded")).hasSize(9);
    }

    @Test
    void aReplayIsTheLaterWord() {
        Shelf shelf = new Shelf(10, 1_000_000);
        Kept kept = kept("demo", 1, true);
        shelf.put(kept.replayed("operator", NOON));
        shelf.put(kept);
        assertThat(shelf.find("demo", "0001")).map(Kept::state).contains(State.REPLAYED);
        assertThat(ids(shelf, "demo")).hasSize(1);
    }

    @Test
    void whatIsOldIsForgotten() {
        Shelf shelf = new Shelf(10, 1_000_000);
        shelf.put(kept("demo", 1, true));
        shelf.put(kept("demo", 61, false));
        shelf.dropBefore(NOON.plusSeconds(60));
        assertThat(ids(shelf, "demo")).containsExactly("0061");
    }

    @Test
    void aMinutesBudgetIsEachSitesAndEachSortsOwn() {
        Budget budget = new Budget(2);
        assertThat(budget.allows("demo", false, NOON)).isTrue();
        assertThat(budget.allows("demo", false, NOON)).isTrue();
        assertThat(budget.allows("demo", false, NOON)).isFalse();
        assertThat(budget.allows("demo", true, NOON)).isTrue();
        assertThat(budget.allows("other", false, NOON)).isTrue();
        assertThat(budget.allows("demo", false, NOON.plus(Duration.ofMinutes(1))))
                .isTrue();
    }
}

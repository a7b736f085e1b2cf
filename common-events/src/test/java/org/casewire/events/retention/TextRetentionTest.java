package org.casewire.events.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.rows.Columns;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.transport.WireJson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** The steps of an installation with two sites, ten texts each, of which one keeps them for 30 days. */
@ServiceTest
class TextRetentionTest {

    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final Sites sites = new Sites();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    TextRetentionTest(JdbcTemplate jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** A service's texts; what it is asked to do first can be made to fail or to take long. */
    private final class Texts implements OldTexts {

        private Runnable before = () -> {};

        @Override
        public String kind() {
            return "texts";
        }

        @Override
        public Slice erase(String site, Instant until, Place after, int most) {
            List<Place> old = jdbc.query(
                    """
                    SELECT at, id FROM old_text
                    WHERE site = ? AND at <= ?::timestamptz AND (at, id) > (?::timestamptz, ?) AND words IS NOT NULL
                    ORDER BY at, id LIMIT ?
                    """,
                    (row, number) -> new Place(Columns.time(row, "at"), row.getString("id")),
                    site,
                    until.toString(),
                    after.at().toString(),
                    after.id(),
                    most);
            old.forEach(
                    text -> jdbc.update("UPDATE old_text SET words = NULL WHERE site = ? AND id = ?", site, text.id()));
            before.run();
            return Slice.of(old);
        }
    }

    private TextRetention retention(Texts texts) {
        return new TextRetention(
                new KeptTexts(sites, null, Clock.fixed(NOW, ZoneOffset.UTC)),
                List.of(texts),
                new TextsProperties(null, Duration.ofMinutes(1), 2),
                jdbc,
                transactions,
                meters);
    }

    @BeforeEach
    void twoSites() {
        jdbc.execute("DROP TABLE IF EXISTS old_text");
        jdbc.execute("CREATE TABLE old_text (site text, id text, at timestamptz, words text)");
        List.of("short", "long").forEach(site -> {
            String days = site.equals("short") ? "30" : "null";
            sites.apply(new SiteChanged(
                    WireJson.MAPPER.readValue(
                            "{\"site\":\"%s\",\"keepTextsDays\":%s}".formatted(site, days), SiteDocument.class),
                    NOW));
            IntStream.range(0, 10)
                    .forEach(number -> jdbc.update(
                            "INSERT INTO old_text VALUES (?, ?, ?::timestamptz, 'words')",
                            site,
                            "SM" + number,
                            NOW.minus(Duration.ofDays(26 + number)).toString()));
        });
    }

    private List<String> worded(String site) {
        return jdbc.queryForList(
                "SELECT id FROM old_text WHERE site = ? AND words IS NOT NULL ORDER BY at DESC", String.class, site);
    }

    private double counted() {
        return meters.counter("casewire.texts.erased", "kind", "texts").count();
    }

    @Test
    void whatIsOldLosesItsWordsSliceBySliceAndNothingElseDoes() {
        assertThat(retention(new Texts()).eraseWhatIsOld()).isEqualTo(6);
        assertThat(worded("short")).containsExactly("SM0", "SM1", "SM2", "SM3");
        assertThat(worded("long")).hasSize(10);
        assertThat(counted()).isEqualTo(6);
        assertThat(retention(new Texts()).eraseWhatIsOld()).isZero();
    }

    @Test
    void whoEndsInTheMiddleOfASliceLeavesItToTheNextOne() {
        Texts failing = new Texts();
        failing.before = () -> {
            if (worded("short").size() < 8) {
                throw new IllegalStateException("killed");
            }
        };
        assertThatThrownBy(() -> retention(failing).eraseWhatIsOld()).hasMessage("killed");
        assertThat(worded("short")).hasSize(8);

        assertThat(retention(new Texts()).eraseWhatIsOld()).isEqualTo(4);
        assertThat(worded("short")).hasSize(4);
        assertThat(counted()).isEqualTo(6);
    }

    @Test
    void oneInstanceIsAtItAtATime() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Texts slow = new Texts();
        slow.before = () -> {
            begun.countDown();
            try {
                assertThat(mayEnd.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        };
        CompletableFuture<Integer> first =
                CompletableFuture.supplyAsync(() -> retention(slow).eraseWhatIsOld());
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        Texts second = new Texts();
        second.before = () -> {
            throw new AssertionError("two at a time");
        };
        assertThat(retention(second).eraseWhatIsOld()).isZero();
        mayEnd.countDown();
        assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo(6);
    }
}

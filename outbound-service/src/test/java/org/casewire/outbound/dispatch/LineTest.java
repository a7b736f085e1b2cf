package org.casewire.outbound.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.casewire.events.testing.RealParts;
import org.casewire.events.testing.WithRealParts;
import org.casewire.outbound.dispatch.Line.Allowance;
import org.casewire.outbound.dispatch.Line.Claimed;
import org.casewire.outbound.sender.SenderKey;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The line on a real database, without a service around it that would take parts out of it too. */
@WithRealParts
class LineTest {

    private static final Instant T = Instant.parse("2026-03-02T13:00:00Z");
    private static final String SENDER = "+14045387300";
    private static final Map<SenderKey, Allowance> ALL = Map.of(
            new SenderKey("demo", SENDER), new Allowance(100_000, "AC1", 1_000),
            new SenderKey("elsewhere", SENDER), new Allowance(100_000, "AC2", 1_000));
    private static final int CONVERSATION = 0;
    private static final int NOTIFICATION = 1;
    private static final int REMINDER = 2;

    private static HikariDataSource database;
    private static JdbcTemplate jdbc;
    private static TransactionTemplate transactions;
    private final Line line = new Line(jdbc);

    @BeforeAll
    static void makeTables() {
        database = new HikariDataSource();
        database.setJdbcUrl(RealParts.newDatabase());
        database.setUsername("postgres");
        database.setPassword("postgres");
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/common", "classpath:db/migration")
                .load()
                .migrate();
        jdbc = new JdbcTemplate(database);
        transactions = new TransactionTemplate(new DataSourceTransactionManager(database));
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @BeforeEach
    void emptyTheLine() {
        jdbc.execute("TRUNCATE message, part, attempt, sender, site_pause");
        jdbc.execute("""
                INSERT INTO sender (site, sender, free_at)
                VALUES ('demo', '+14045387300', '2000-01-01'), ('elsewhere', '+14045387300', '2000-01-01')
                """);
    }

    /** Puts a message in line; returns the bodies its parts go by: {@code name/1}, {@code name/2}, … */
    private static void put(String name, String contact, int lane, Instant lineAt, int parts) {
        put("demo", name, contact, lane, lineAt, parts);
    }

    private static void put(String site, String name, String contact, int lane, Instant lineAt, int parts) {
        UUID id = UUID.randomUUID();
        jdbc.update("""
                INSERT INTO message (site, message_id, contact, sender, body, purpose, audience, fingerprint, parts,
                                     status, trace_parent, created_at)
                VALUES (?, ?, ?, '+14045387300', ?, 'CONVERSATION', 'CLIENT', '', ?, 'WAITING', 'trace', now())
                """, site, id, contact, name, parts);
        for (int part = 1; part <= parts; part++) {
            jdbc.update(
                    """
                    INSERT INTO part (site, message_id, part, parts, contact, sender, lane, line_at, due_at, body,
                                      segments, status, updated_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz, ?, 1, 'WAITING', now())
                    """,
                    site,
                    id,
                    part,
                    parts,
                    contact,
                    SENDER,
                    lane,
                    lineAt.toString(),
                    lineAt.toString(),
                    name + "/" + part);
        }
    }

    private static void set(String part, String status) {
        jdbc.update("UPDATE part SET status = ? WHERE body = ?", status, part);
    }

    private List<String> claim(int most, Instant now) {
        return claim(ALL, most, now).stream().map(Claimed::body).toList();
    }

    private List<Claimed> claim(Map<SenderKey, Allowance> allowances, int most, Instant now) {
        return claim(allowances, List.of(), most, now);
    }

    private List<Claimed> claim(Map<SenderKey, Allowance> allowances, List<String> busy, int most, Instant now) {
        return transactions.execute(transaction -> line.claim(allowances, busy, most, now, now.plusSeconds(30)));
    }

    private List<String> claim() {
        return claim(100, T);
    }

    @Test
    void aLineThatIsKnownToBeBusyIsPassedOverAndNoOther() {
        put("busy", "a", REMINDER, T.minusSeconds(3), 1);
        put("overtakes", "a", CONVERSATION, T.minusSeconds(2), 1);
        put("elsewhere", "busy elsewhere", "a", REMINDER, T.minusSeconds(3), 1);
        put("other", "b", REMINDER, T.minusSeconds(1), 1);
        List<String> busy = List.of(REMINDER + "|demo|a");
        assertThat(claim(ALL, busy, 100, T).stream().map(Claimed::body))
                .containsExactlyInAnyOrder("overtakes/1", "busy elsewhere/1", "other/1");
        assertThat(claim(ALL, List.of(), 100, T).stream().map(Claimed::line)).containsExactlyElementsOf(busy);
    }

    @Test
    void onlyTheOldestOfAConversationLeaves() {
        put("second", "a", CONVERSATION, T.minusSeconds(1), 1);
        put("first", "a", CONVERSATION, T.minusSeconds(2), 1);
        put("third", "a", CONVERSATION, T.minusSeconds(1), 1);
        assertThat(claim()).containsExactly("first/1");
        assertThat(claim()).isEmpty();
        set("first/1", "QUEUED");
        assertThat(claim()).containsExactly("second/1");
        set("second/1", "REJECTED");
        assertThat(claim()).containsExactly("third/1");
    }

    @Test
    void conversationsLeaveBeforeNotificationsAndThoseBeforeReminders() {
        put("reminder", "a", REMINDER, T.minusSeconds(30), 1);
        put("notification", "b", NOTIFICATION, T.minusSeconds(20), 1);
        put("younger", "c", CONVERSATION, T.minusSeconds(9), 1);
        put("older", "d", CONVERSATION, T.minusSeconds(10), 1);
        assertThat(claim(2, T)).containsExactly("older/1", "younger/1");
        assertThat(claim(1, T)).containsExactly("notification/1");
        assertThat(claim(1, T)).containsExactly("reminder/1");
    }

    @Test
    void anAnswerOvertakesTheRemindersOfTheSamePerson() {
        for (int i = 0; i < 5; i++) {
            put("reminder" + i, "a", REMINDER, T.minusSeconds(60 - i), 1);
        }
        put("answer", "a", CONVERSATION, T, 1);
        assertThat(claim(1, T)).containsExactly("answer/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SENDING", "IN_DOUBT", "WAITING", "HELD", "SCHEDULED"})
    void thePartsOfAMessageLeaveOneAfterTheOther(String firstStands) {
        put("long", "a", CONVERSATION, T, 3);
        assertThat(claim()).containsExactly("long/1");
        set("long/1", firstStands);
        jdbc.update("UPDATE part SET due_at = due_at + interval '1 minute' WHERE body = 'long/1'");
        assertThat(claim()).isEmpty();
        set("long/1", "QUEUED");
        assertThat(claim()).containsExactly("long/2");
        set("long/2", "DELIVERED");
        assertThat(claim()).containsExactly("long/3");
    }

    @Test
    void aPartThatIsTriedAgainLaterKeepsTheLaterOnesWaiting() {
        put("first", "a", CONVERSATION, T.minusSeconds(2), 1);
        put("second", "a", CONVERSATION, T.minusSeconds(1), 1);
        assertThat(claim()).containsExactly("first/1");
        jdbc.update(
                "UPDATE part SET status = 'WAITING', due_at = ?::timestamptz WHERE body = 'first/1'",
                T.plusSeconds(5).toString());
        assertThat(claim()).isEmpty();
        assertThat(claim(100, T.plusSeconds(5))).containsExactly("first/1");
    }

    @Test
    void aPartThatTookItsPlaceLateDoesNotLeaveBesideTheOneThatIsOut() {
        put("quick", "a", CONVERSATION, T, 1);
        assertThat(claim()).containsExactly("quick/1");
        put("late", "a", CONVERSATION, T.minusSeconds(1), 1);
        assertThat(claim()).isEmpty();
        set("quick/1", "SENT");
        assertThat(claim()).containsExactly("late/1");
    }

    @Test
    void nothingLeavesBeforeItsTimeAfterItsUseOrFromASiteWithoutAccount() {
        put("tomorrow", "a", CONVERSATION, T.plusMillis(1), 1);
        put("useless", "b", CONVERSATION, T.minusSeconds(1), 1);
        jdbc.update("UPDATE part SET expires_at = ?::timestamptz WHERE body = 'useless/1'", T.toString());
        put("unknown", "foreign", "c", CONVERSATION, T.minusSeconds(1), 1);
        assertThat(claim()).isEmpty();
        assertThat(claim(100, T.plusMillis(1))).containsExactly("tomorrow/1");
        assertThat(line.expired(T)).hasSize(1);
        assertThat(line.lines())
                .containsExactlyInAnyOrder(new SenderKey("demo", SENDER), new SenderKey("unknown", SENDER));
        assertThat(line.waitingFor(new SenderKey("unknown", SENDER), T)).hasSize(1);
    }

    @Test
    void sitesAndPeopleDoNotWaitForEachOther() {
        put("one", "a", CONVERSATION, T.minusSeconds(1), 1);
        put("other", "b", CONVERSATION, T.minusSeconds(1), 1);
        put("elsewhere", "same", "a", CONVERSATION, T.minusSeconds(2), 1);
        assertThat(claim(ALL, 100, T))
                .extracting(Claimed::body)
                .containsExactlyInAnyOrder("one/1", "other/1", "same/1");
    }

    @Test
    void anAttemptIsJournalledBeforeAnybodyIsCalled() {
        put("first", "a", CONVERSATION, T, 2);
        Claimed claimed = claim(ALL, 1, T).getFirst();
        assertThat(claimed.attempts()).isEqualTo(1);
        Map<String, Object> part = jdbc.queryForMap(
                "SELECT status, attempt, attempt_at IS NOT NULL AS begun FROM part WHERE body = 'first/1'");
        assertThat(part)
                .containsEntry("status", "SENDING")
                .containsEntry("attempt", claimed.attempt())
                .containsEntry("begun", true);
        assertThat(line.leasesEnded(T.plusSeconds(29))).isEmpty();
        assertThat(line.leasesEnded(T.plusSeconds(30)))
                .singleElement()
                .satisfies(ended -> assertThat(ended.attempt()).isEqualTo(claimed.attempt()));
    }

    @Test
    void manyClaimersTakeEveryPartOnceInOrderAndNeverTwoOfAConversation() throws Exception {
        int conversations = 20;
        int messages = 4;
        for (int message = 0; message < messages; message++) {
            for (int contact = 0; contact < conversations; contact++) {
                put("m" + message, "c" + contact, CONVERSATION, T.minusSeconds(60 - message), 2);
            }
        }
        int all = conversations * messages * 2;
        Map<String, String> out = new ConcurrentHashMap<>();
        Map<String, List<String>> left = new ConcurrentHashMap<>();
        ConcurrentLinkedQueue<String> collisions = new ConcurrentLinkedQueue<>();
        AtomicInteger done = new AtomicInteger();
        List<Future<?>> claimers = new ArrayList<>();
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            IntStream.range(0, 4)
                    .forEach(claimer -> claimers.add(threads.submit(() -> {
                        while (done.get() < all && Instant.now().isBefore(end)) {
                            List<Claimed> claimed = claim(ALL, 7, T);
                            for (Claimed part : claimed) {
                                String before = out.putIfAbsent(part.to(), part.body());
                                if (before != null) {
                                    collisions.add(part.to() + ": " + part.body() + " beside " + before);
                                }
                                left.computeIfAbsent(part.to(), contact -> new ArrayList<>())
                                        .add(part.body());
                            }
                            for (Claimed part : claimed) {
                                out.remove(part.to());
                                jdbc.update("UPDATE part SET status = 'QUEUED' WHERE attempt = ?", part.attempt());
                                done.incrementAndGet();
                            }
                        }
                    })));
        }
        for (Future<?> claimer : claimers) {
            claimer.get();
        }
        assertThat(collisions).isEmpty();
        assertThat(done).hasValue(all);
        assertThat(left).hasSize(conversations);
        assertThat(left.values())
                .allSatisfy(parts -> assertThat(parts)
                        .containsExactly("m0/1", "m0/2", "m1/1", "m1/2", "m2/1", "m2/2", "m3/1", "m3/2"));
    }

    @Test
    void aSenderSendsAtItsRateWhateverWaits() {
        Map<SenderKey, Allowance> slow = Map.of(new SenderKey("demo", SENDER), new Allowance(1, "AC1", 1_000));
        for (int i = 0; i < 10; i++) {
            put("m" + i, "c" + i, REMINDER, T.minusSeconds(60), 1);
        }
        int left = 0;
        for (int tick = 0; tick <= 50; tick++) {
            left += claim(slow, 100, T.plusMillis(100L * tick)).size();
        }
        assertThat(left).isBetween(5, 6);
    }

    @Test
    void aLongTextCountsWithAllItsSegments() {
        Map<SenderKey, Allowance> two = Map.of(new SenderKey("demo", SENDER), new Allowance(2, "AC1", 1_000));
        put("long", "a", CONVERSATION, T.minusSeconds(2), 1);
        jdbc.update("UPDATE part SET segments = 6");
        put("next", "b", CONVERSATION, T.minusSeconds(1), 1);
        assertThat(claim(two, 100, T)).extracting(Claimed::body).containsExactly("long/1");
        assertThat(claim(two, 100, T.plusMillis(2_700))).isEmpty();
        assertThat(claim(two, 100, T.plusMillis(3_000)))
                .extracting(Claimed::body)
                .containsExactly("next/1");
    }

    @Test
    void sendersAndAccountsTakeTurns() {
        for (int i = 0; i < 50; i++) {
            put("many" + i, "c" + i, CONVERSATION, T.minusSeconds(100 - i), 1);
        }
        put("elsewhere", "one", "z", REMINDER, T.minusSeconds(1), 1);
        assertThat(claim(2, T)).containsExactlyInAnyOrder("many0/1", "one/1");
        Map<SenderKey, Allowance> busy = Map.of(
                new SenderKey("demo", SENDER), new Allowance(100_000, "AC1", 3),
                new SenderKey("elsewhere", SENDER), new Allowance(100_000, "AC2", 0));
        put("elsewhere", "two", "y", REMINDER, T.minusSeconds(1), 1);
        assertThat(claim(busy, 100, T.plusSeconds(1))).hasSize(3);
    }

    @Test
    void aLaneChangeDoesNotCutBetweenTheParts() {
        put("long", "a", REMINDER, T.minusSeconds(5), 3);
        put("single", "b", REMINDER, T.minusSeconds(4), 1);
        assertThat(claim(1, T)).containsExactly("long/1");
        put("answer", "a", CONVERSATION, T, 1);
        put("other", "b", CONVERSATION, T, 1);
        assertThat(claim()).containsExactly("other/1", "single/1");
        set("long/1", "QUEUED");
        assertThat(claim()).containsExactly("long/2");
        assertThat(claim()).isEmpty();
        set("long/2", "DELIVERED");
        assertThat(claim()).containsExactly("long/3");
        set("long/3", "SENT");
        assertThat(claim()).containsExactly("answer/1");
    }

    @Test
    void whatTwiliosListCouldNotTellApartIsNotOutAtOnce() {
        put("same", "a", REMINDER, T.minusSeconds(5), 1);
        assertThat(claim()).containsExactly("same/1");
        set("same/1", "IN_DOUBT");
        put("same", "a", CONVERSATION, T.minusSeconds(4), 1);
        put("different", "a", NOTIFICATION, T.minusSeconds(3), 1);
        assertThat(claim()).containsExactly("different/1");
        jdbc.update("UPDATE part SET status = 'QUEUED' WHERE status = 'IN_DOUBT'");
        assertThat(claim()).containsExactly("same/1");
    }

    @Test
    void nothingLeavesFromASenderThatIsStopped() {
        put("one", "a", CONVERSATION, T.minusSeconds(1), 1);
        put("elsewhere", "two", "a", CONVERSATION, T.minusSeconds(1), 1);
        jdbc.update(
                "UPDATE sender SET hold_until = ?::timestamptz WHERE site = 'demo'",
                T.plusSeconds(5).toString());
        assertThat(claim()).containsExactly("two/1");
        jdbc.update("INSERT INTO site_pause VALUES ('demo', 'sam', now())");
        assertThat(claim(100, T.plusSeconds(6))).isEmpty();
        jdbc.update("DELETE FROM site_pause");
        jdbc.update("UPDATE sender SET paused_at = now()");
        assertThat(claim(100, T.plusSeconds(6))).isEmpty();
        jdbc.update("UPDATE sender SET paused_at = NULL");
        assertThat(claim(100, T.plusSeconds(6))).containsExactly("one/1");
    }
}

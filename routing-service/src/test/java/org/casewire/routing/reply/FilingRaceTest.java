package org.casewire.routing.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.casewire.routing.Upstream.caseRef;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.casewire.events.Topics;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.transport.Received;
import org.casewire.events.transport.TraceParent;
import org.casewire.routing.Upstream;
import org.casewire.routing.sent.Told;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
class FilingRaceTest {

    private static final int CONVERSATIONS = 400;

    private final Upstream site;
    private final JdbcClient jdbc;

    private final ReplyFiling filing;
    private final SentFollower follower;
    private final TransactionTemplate transactions;

    FilingRaceTest(
            Sites sites, JdbcClient jdbc, ReplyFiling filing, SentFollower follower, TransactionTemplate transactions) {
        this.site = new Upstream("race", sites, jdbc);
        this.jdbc = jdbc;
        this.filing = filing;
        this.follower = follower;
        this.transactions = transactions;
    }

    @Test
    void aTextIsTakenDownOnlyWhenTheReplyBeingFiledIsThereToBeFiledAgain() {
        Instant now = Instant.now();
        String client = "+14045387001";
        Received.Origin origin = new Received.Origin("1", null, now, TraceParent.start(), Topics.INBOUND, 0, 0);
        Told told = new Told(
                site.accepted(UUID.randomUUID(), client, caseRef("ASKED"), now.minusSeconds(1)),
                now,
                TraceParent.start());
        Thread follows = transactions.execute(transaction -> {
            filing.file(List.of(
                    new Received.Arrived<>(site.text("SM-midway", client, "yes", now, false), List.of(), origin)));
            Thread rival = Thread.startVirtualThread(() -> follower.follow(List.of(told)));
            await().until(() ->
                    site.count("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") > 0);
            return rival;
        });
        join(follows);
        assertThat(site.replies("SM-midway", 2))
                .extracting(TestLog.Entry::event)
                .containsExactly("ReplyUnassigned", "ReplyAssigned");
    }

    /** Each reply answers a text whose acceptance is written at the same moment: whoever is read first, it ends there. */
    @Test
    void everyReplyThatRacesItsTextEndsOnTheCaseThatSentIt() {
        Instant now = Instant.now();
        List<Thread> writers = new ArrayList<>();
        writers.add(Thread.startVirtualThread(() -> {
            for (int i = 0; i < CONVERSATIONS; i++) {
                TestLog.write(site.accepted(UUID.randomUUID(), client(i), caseRef("R" + i), now.minusMillis(50)));
            }
        }));
        writers.add(Thread.startVirtualThread(() -> {
            for (int i = 0; i < CONVERSATIONS; i++) {
                TestLog.write(site.text("SM-race-" + i, client(i), "yes", now, false));
            }
        }));
        writers.forEach(FilingRaceTest::join);
        await().untilAsserted(() -> assertThat(filed())
                .hasSize(CONVERSATIONS)
                .allSatisfy((sid, ref) -> assertThat(ref).isEqualTo(sid.replace("SM-race-", "R"))));
    }

    private static String client(int i) {
        return "+1404538%04d".formatted(6000 + i);
    }

    private Map<String, String> filed() {
        Map<String, String> filed = new HashMap<>();
        jdbc.sql("SELECT sid, case_id FROM reply_case WHERE site = 'race'")
                .query((row, number) -> filed.put(row.getString("sid"), row.getString("case_id")))
                .list();
        return filed;
    }

    private static void join(Thread writer) {
        try {
            writer.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

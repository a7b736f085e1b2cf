package org.casewire.routing.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.casewire.routing.Upstream.caseRef;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.routing.Upstream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class FilingRaceTest {

    private static final int CONVERSATIONS = 400;

    private final Upstream site;
    private final JdbcClient jdbc;

    FilingRaceTest(Sites sites, JdbcClient jdbc) {
        this.site = new Upstream("race", sites, jdbc);
        this.jdbc = jdbc;
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
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(filed()).hasSize(CONVERSATIONS).allSatisfy((sid, ref) -> assertThat(ref)
                        .isEqualTo(sid.replace("SM-race-", "R"))));
    }

    private static String client(int i) {
        return "+1404538%04d".formatted(6000 + i);
    }

    private Map<String, String> filed() {
        Map<String, String> filed = new java.util.HashMap<>();
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

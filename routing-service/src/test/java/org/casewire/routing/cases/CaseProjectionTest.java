package org.casewire.routing.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.casewire.routing.Upstream.caseRef;
import static org.casewire.routing.Upstream.home;
import static org.casewire.routing.Upstream.minute;
import static org.casewire.routing.Upstream.mobile;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.casewire.events.CaseEvent;
import org.casewire.events.CaseEvent.CaseChanged;
import org.casewire.events.CaseEvent.Phones;
import org.casewire.events.CaseRef;
import org.casewire.events.Conversation;
import org.casewire.events.Topics;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.transport.Received;
import org.casewire.routing.Upstream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class CaseProjectionTest {

    private static final String SITE = "projection";

    private static final AtomicLong OFFSETS = new AtomicLong();

    private final Upstream site;
    private final CaseProjection projection;
    private final CaseNumbers numbers;
    private final JdbcClient jdbc;

    CaseProjectionTest(Sites sites, JdbcClient jdbc, CaseProjection projection, CaseNumbers numbers) {
        this.site = new Upstream(SITE, sites, jdbc);
        this.projection = projection;
        this.numbers = numbers;
        this.jdbc = jdbc;
    }

    private List<String> foundBy(String contact) {
        return numbers
                .holding(List.of(new Conversation(SITE, contact)))
                .getOrDefault(new Conversation(SITE, contact), List.of())
                .stream()
                .map(holder -> holder.ref().id())
                .toList();
    }

    private static Received<CaseEvent> snapshot(CaseRef ref, Phones phones, Instant updatedAt) {
        return new Received.Arrived<>(
                new CaseChanged(SITE, ref, null, null, minute(0), null, phones, List.of(), null, updatedAt),
                List.of(),
                origin(updatedAt));
    }

    private static Received<CaseEvent> tombstone(CaseRef ref, Instant at) {
        return new Received.Tombstone<>(SITE + "|" + ref, origin(at));
    }

    private static Received.Origin origin(Instant time) {
        return new Received.Origin(
                UUID.randomUUID().toString(), null, time, "", Topics.CASES, 0, OFFSETS.incrementAndGet());
    }

    @Test
    void aCaseIsFoundByAllItsNumbersInWhateverFormTheyWereWritten() {
        site.tellsOf(
                caseRef("FORMS"),
                new Phones(
                        List.of("404-538-2001", "+14045382001"), List.of("(404) 538 2002"), List.of("1 404 538 2003")),
                minute(1),
                minute(1));
        for (int i = 2001; i <= 2003; i++) {
            assertThat(foundBy("+1404538" + i)).containsExactly("FORMS");
        }
    }

    @Test
    void whatIsNoNumberIsKeptAsGivenAndFindsNothing() {
        site.tellsOf(caseRef("ODD"), mobile("ask her mother", "88765", "\u0000"), minute(1), minute(1));
        assertThat(foundBy("88765")).isEmpty();
        assertThat(jdbc.sql("SELECT phones::text FROM case_file WHERE case_id = 'ODD'")
                        .query(String.class)
                        .single())
                .contains("ask her mother", "88765");
    }

    @Test
    void aCaseWhoseNumberChangedIsFoundByTheNewOneOnly() {
        site.tellsOf(caseRef("MOVES"), mobile("+14045382010"), minute(1), minute(1));
        site.tellsOf(caseRef("MOVES"), home("+14045382011"), minute(1), minute(2));
        assertThat(foundBy("+14045382010")).isEmpty();
        assertThat(foundBy("+14045382011")).containsExactly("MOVES");
    }

    @Test
    void anOlderSnapshotNeverOverwritesANewerOne() {
        site.tellsOf(caseRef("ORDER"), mobile("+14045382020"), minute(1), minute(5));
        site.write(caseRef("ORDER"), mobile("+14045382021"), minute(1), minute(4));
        site.tellsOf(caseRef("ORDER-marker"), mobile("+14045382022"), minute(1), minute(1));
        projection.apply(List.of(snapshot(caseRef("ORDER"), mobile("+14045382021"), minute(4))));
        assertThat(foundBy("+14045382020")).containsExactly("ORDER");
        assertThat(foundBy("+14045382021")).isEmpty();
    }

    @Test
    void afterATombstoneOnlyALaterSnapshotRevives() {
        CaseRef ref = caseRef("PHOENIX");
        projection.apply(List.of(snapshot(ref, mobile("+14045382030"), minute(1)), tombstone(ref, minute(5))));
        assertThat(foundBy("+14045382030")).isEmpty();
        projection.apply(List.of(snapshot(ref, mobile("+14045382030"), minute(5))));
        assertThat(foundBy("+14045382030")).isEmpty();
        projection.apply(List.of(snapshot(ref, mobile("+14045382030"), minute(6))));
        assertThat(foundBy("+14045382030")).containsExactly("PHOENIX");
    }

    @Test
    void aTombstoneReadOnceMoreDoesNotBuryWhatCameAfterIt() {
        CaseRef ref = caseRef("LAZARUS");
        List<Received<CaseEvent>> log = List.of(
                snapshot(ref, mobile("+14045382035"), minute(1)),
                tombstone(ref, minute(5)),
                snapshot(ref, mobile("+14045382036"), minute(6)));
        projection.apply(log);
        projection.apply(log);
        log.subList(1, 3).forEach(one -> projection.apply(List.of(one)));
        assertThat(foundBy("+14045382036")).containsExactly("LAZARUS");
    }

    @Test
    void aTombstoneOfACaseNeverToldOfIsKeptAsAMark() {
        CaseRef ref = caseRef("UNBORN");
        projection.apply(List.of(tombstone(ref, minute(5))));
        projection.apply(List.of(snapshot(ref, mobile("+14045382040"), minute(4))));
        assertThat(foundBy("+14045382040")).isEmpty();
    }

    @Test
    void aTombstoneWithoutACaseInItsKeyIsADeadLetterAndTheRestIsApplied() {
        TestLog.write(Topics.CASES, SITE + "|MATTER|1", "CaseChanged", null);
        site.tellsOf(caseRef("BESIDE"), mobile("+14045382050"), minute(1), minute(1));
        assertThat(TestLog.await(Topics.CASES + ".dlt", 1, entry -> entry.key().equals(SITE + "|MATTER|1"))
                        .getFirst()
                        .headers()
                        .get("x-reason"))
                .contains("CASE, INTAKE or PRESCREEN");
        assertThat(foundBy("+14045382050")).containsExactly("BESIDE");
    }

    @Test
    void aCaseOfASiteThatIsNotKnownYetIsKept() {
        TestLog.write(Topics.CASES, "not-yet|CASE|1", "CaseChanged", """
                {"site":"not-yet","caseRef":{"kind":"CASE","id":"1"},"phones":{"mobile":["404-538-2060"]},"updatedAt":"2026-03-01T10:00:00Z"}
                """);
        Conversation sender = new Conversation("not-yet", "+14045382060");
        await().untilAsserted(() -> assertThat(numbers.holding(List.of(sender))).containsKey(sender));
    }

    @Test
    void aBatchComesToTheSameAsItsRecordsOneByOne() {
        Random random = new Random(16);
        for (int round = 0; round < 60; round++) {
            CaseRef together = caseRef("BATCH-" + round);
            CaseRef oneByOne = caseRef("SINGLE-" + round);
            List<int[]> steps = IntStream.range(0, 1 + random.nextInt(7))
                    .mapToObj(i -> new int[] {random.nextInt(3), random.nextInt(6), random.nextInt(3)})
                    .toList();
            int cut = random.nextInt(steps.size());
            projection.apply(records(together, steps.subList(0, cut)));
            projection.apply(records(together, steps.subList(cut, steps.size())));
            records(oneByOne, steps).forEach(one -> projection.apply(List.of(one)));
            assertThat(state(together)).as("round %s", round).isEqualTo(state(oneByOne));
        }
    }

    private static List<Received<CaseEvent>> records(CaseRef ref, List<int[]> steps) {
        return steps.stream()
                .map(step -> step[0] == 0
                        ? tombstone(ref, minute(step[1]))
                        : snapshot(ref, mobile("+1404538209" + step[2]), minute(step[1])))
                .toList();
    }

    private Map<String, Object> state(CaseRef ref) {
        return jdbc.sql("""
                        SELECT gone_at, phones::text, numbers::text, CASE WHEN gone_at IS NULL THEN updated_at END AS updated,
                               (SELECT string_agg(contact, ',' ORDER BY contact) FROM case_number n
                                WHERE n.site = f.site AND n.case_id = f.case_id) AS found_by
                        FROM case_file f WHERE site = ? AND case_id = ?
                        """).params(SITE, ref.id()).query().singleRow();
    }
}

package org.casewire.notification.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.casewire.events.CaseEvent.Assignment;
import org.casewire.events.CaseEvent.CaseChanged;
import org.casewire.events.CaseRef;
import org.casewire.events.CaseRef.Kind;
import org.casewire.events.Matching;
import org.casewire.events.ReplyEvent.ReplyAssigned;
import org.casewire.events.ReplyEvent.ReplyRouted;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.Topics;
import org.casewire.events.testing.RealParts;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestLog.Entry;
import org.casewire.events.testing.TestTokens;
import org.casewire.events.testing.WithRealParts;
import org.casewire.events.transport.WireJson;
import org.casewire.notification.Instance;
import org.casewire.notification.alert.Oracle.Alert;
import org.casewire.notification.stream.OpenStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Plays a random history of assignments, settings, texts, moves and dismissals to two instances on one database, kills
 * one of them in the middle, and compares what both of them show and tell with a naive reading of the rules.
 */
@WithRealParts
class RandomHistoryTest {

    private static final String SITE = "random-history";
    private static final int ROUNDS = 4;
    private static final List<String> USERS =
            IntStream.range(0, 5).mapToObj(i -> "user-" + i).toList();
    private static final List<CaseRef> CASES = Stream.of(Kind.values())
            .flatMap(kind -> Stream.of("1", "2", "3").map(id -> new CaseRef(kind, id)))
            .toList();
    private static final CaseRef CANARY = new CaseRef(Kind.CASE, "canary");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final String database = RealParts.newDatabase();
    private final Oracle oracle = new Oracle();
    private final List<Instance> instances = new ArrayList<>();
    private final Map<String, List<OpenStream>> streams = new HashMap<>();
    private final Map<String, String> contacts = new HashMap<>();
    private Instant lastMove = Instant.now();

    @AfterEach
    void stopAll() {
        instances.forEach(Instance::close);
    }

    private void start() {
        instances.add(Instance.start(database, "random-history"));
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    @Test
    void bothInstancesShowAndTellWhatTheRulesSay() {
        start();
        start();
        changeSite(0);
        canary();
        instances.forEach(one -> await().atMost(Duration.ofSeconds(90))
                .ignoreExceptions()
                .until(() -> get(one, "canary", "").statusCode() == 200));
        for (int round = 1; round <= ROUNDS; round++) {
            Map<String, Set<String>> seen = seen();
            Map<OpenStream, Long> refreshed = refreshed();
            changeSite(round);
            IntStream.range(0, 8).forEach(_ -> changeCase(any(CASES)));
            awaitRead();
            awaitCanary(round);
            compareLists(round);
            awaitRefreshed(seen, refreshed);
            openStreams();
            IntStream.range(0, 10).forEach(_ -> file());
            if (round == 2) {
                instances.removeFirst().kill();
                goOnElsewhere();
            }
            IntStream.range(0, 5).forEach(_ -> move());
            awaitRead();
            compareLists(round);
            IntStream.range(0, 6).forEach(_ -> dismiss());
            compareLists(round);
            compareStreams();
            if (round == 2) {
                start();
                await().atMost(Duration.ofSeconds(90))
                        .ignoreExceptions()
                        .until(() -> get(instances.getLast(), "canary", "").statusCode() == 200);
            }
        }
        compareTopic();
    }

    private void changeSite(int round) {
        List<String> zones = Stream.of(
                        "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York", "Asia/Kathmandu", "UTC")
                .filter(zone -> LocalTime.now(ZoneId.of(zone)).isBefore(LocalTime.of(23, 50)))
                .toList();
        String zone = any(zones);
        boolean primaryOnly = round % 2 == 0;
        oracle.settings(ZoneId.of(zone), primaryOnly);
        TestLog.write(new SiteChanged(
                WireJson.MAPPER.readValue(
                        """
                {"site":"%s","timeZone":"%s","alerts":"%s"}""".formatted(SITE, zone, primaryOnly ? "PRIMARY" : "ALL"), SiteDocument.class),
                Instant.now()));
    }

    /** A case that its only assignee sees where all assignments count: it shows which settings are in force. */
    private void canary() {
        assign(CANARY, List.of(new Assignment("canary", false, null, null)), Instant.now());
        file(CANARY);
    }

    private void awaitCanary(int round) {
        instances.forEach(one -> await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> list(one, "canary").isEmpty() == (round % 2 == 0)));
    }

    private void changeCase(CaseRef caseRef) {
        List<Assignment> now = IntStream.range(0, random.nextInt(4))
                .mapToObj(_ -> new Assignment(any(USERS), random.nextBoolean(), day(), day()))
                .toList();
        if (random.nextInt(8) == 0) {
            TestLog.write(Topics.CASES, SITE + "|" + caseRef, "CaseChanged", null);
            oracle.assigns(caseRef, List.of());
        } else {
            assign(caseRef, now, Instant.now());
        }
        if (random.nextInt(4) == 0) {
            // An older snapshot that comes late changes nothing.
            write(
                    caseRef,
                    List.of(new Assignment("user-0", true, null, null)),
                    Instant.now().minusSeconds(3600));
        }
    }

    private LocalDate day() {
        return random.nextInt(3) == 0 ? LocalDate.now(ZoneId.of("UTC")).plusDays(random.nextInt(5) - 2L) : null;
    }

    private void assign(CaseRef caseRef, List<Assignment> now, Instant updatedAt) {
        oracle.assigns(caseRef, now);
        write(caseRef, now, updatedAt);
    }

    private static void write(CaseRef caseRef, List<Assignment> assignments, Instant updatedAt) {
        TestLog.write(new CaseChanged(SITE, caseRef, "T", "C", null, null, null, assignments, null, updatedAt));
    }

    private void file() {
        Set<CaseRef> cases = new LinkedHashSet<>();
        IntStream.range(0, random.nextInt(4)).forEach(_ -> cases.add(any(CASES)));
        String sid = file(cases.toArray(CaseRef[]::new));
        if (random.nextInt(4) == 0) {
            written(sid, List.copyOf(cases));
        }
    }

    private String file(CaseRef... cases) {
        String sid = "SM" + UUID.randomUUID().toString().replace("-", "");
        contacts.put(sid, "+1404538" + (1000 + random.nextInt(20)));
        oracle.stands(sid, new LinkedHashSet<>(List.of(cases)));
        written(sid, List.of(cases));
        return sid;
    }

    private void written(String sid, List<CaseRef> cases) {
        TestLog.write(new ReplyRouted(
                sid,
                SITE,
                contacts.get(sid),
                "+14045550100",
                "Hello",
                List.of(),
                cases,
                Matching.ALL,
                "ALL",
                List.of(),
                Instant.now()));
    }

    private void move() {
        String sid = any(List.copyOf(oracle.sids()));
        List<CaseRef> before = oracle.casesOf(sid);
        if (before.contains(CANARY)) {
            return;
        }
        Set<CaseRef> now = new LinkedHashSet<>();
        IntStream.range(0, random.nextInt(3)).forEach(_ -> now.add(any(CASES)));
        before.stream().filter(_ -> random.nextInt(3) == 0).forEach(now::add);
        lastMove = lastMove.plusMillis(5);
        oracle.stands(sid, now);
        List<CaseRef> removed =
                before.stream().filter(one -> !now.contains(one)).toList();
        ReplyAssigned moved =
                new ReplyAssigned(sid, SITE, contacts.get(sid), List.copyOf(now), null, null, removed, "sam", lastMove);
        TestLog.write(moved);
        if (random.nextInt(3) == 0) {
            TestLog.write(moved);
        }
        if (random.nextInt(3) == 0) {
            // An older move that comes late changes nothing.
            TestLog.write(new ReplyAssigned(
                    sid, SITE, contacts.get(sid), CASES, null, null, List.of(), "sam", lastMove.minusSeconds(3600)));
        }
    }

    private void dismiss() {
        String sid = any(List.copyOf(oracle.sids()));
        List<CaseRef> cases = oracle.casesOf(sid);
        if (cases.isEmpty()) {
            return;
        }
        CaseRef caseRef = any(cases);
        Alert alert = oracle.alert(sid, caseRef);
        if (!alert.wasRaised()) {
            return;
        }
        String id = idOf(sid + "|" + caseRef);
        String user = any(USERS);
        boolean may = oracle.sees(user, caseRef) || alert.dismissedBy().equals(user);
        HttpResponse<String> answer = dismiss(any(instances), user, id);
        assertThat(answer.statusCode()).as("%s dismisses, seed %d", user, seed).isEqualTo(may ? 200 : 404);
        if (may) {
            String by = alert.dismissedBy().isEmpty() ? user : alert.dismissedBy();
            assertThat(WireJson.MAPPER.readTree(answer.body()).get("by").asString())
                    .as("seed %d", seed)
                    .isEqualTo(by);
            oracle.dismisses(alert, by);
        }
    }

    /** The latest alert of a text on a case, once the topic tells of all there were. */
    private String idOf(String name) {
        return await().until(
                        () -> raised().stream()
                                .filter(one -> nameOf(one.json()).equals(name))
                                .sorted(Comparator.comparing(Entry::offset))
                                .map(one -> one.json().get("alertId").asString())
                                .distinct()
                                .toList(),
                        ids -> ids.size() == oracle.raisedAs(name))
                .getLast();
    }

    private static List<Entry> raised() {
        return TestLog.all(
                Topics.ALERTS,
                one -> one.key().startsWith(SITE + "|") && one.event().equals("AlertRaised"));
    }

    private static String nameOf(JsonNode alert) {
        JsonNode ref = alert.get("caseRef");
        CaseRef caseRef = new CaseRef(
                Kind.valueOf(ref.get("kind").asString()), ref.get("id").asString());
        return alert.get("sid").asString() + "|" + caseRef;
    }

    private void compareLists(int round) {
        for (Instance one : instances) {
            for (String user : USERS) {
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(list(one, user))
                                .as("%s in round %d, seed %d", user, round, seed)
                                .isEqualTo(oracle.visible(user)));
            }
        }
    }

    private void compareTopic() {
        Set<String> raised = new HashSet<>();
        raised().forEach(one -> raised.add(one.json().get("alertId").asString()));
        assertThat((long) raised.size()).as("raised, seed %d", seed).isEqualTo(oracle.raised());
        await().untilAsserted(() -> assertThat(TestLog.all(
                                Topics.ALERTS,
                                one -> one.key().startsWith(SITE + "|")
                                        && one.event().equals("AlertDismissed"))
                        .stream()
                        .map(one -> one.json().get("alertId").asString())
                        .distinct()
                        .count())
                .as("dismissed, seed %d", seed)
                .isEqualTo(oracle.dismissed()));
    }

    /** Each user at each instance; a stream that was open before stays. */
    private void openStreams() {
        if (streams.isEmpty()) {
            USERS.forEach(user -> streams.put(
                    user,
                    new ArrayList<>(instances.stream()
                            .map(one -> OpenStream.of(one.port(), SITE, user, TestTokens.staff(user, SITE)))
                            .toList())));
        }
    }

    /** Those whose instance was killed go on at the other, after their last id. */
    private void goOnElsewhere() {
        streams.forEach((user, open) -> {
            OpenStream broken = open.getFirst();
            await().until(broken::hasEnded);
            open.add(OpenStream.after(
                    broken.lastId(), instances.getFirst().port(), SITE, user, TestTokens.staff(user, SITE)));
        });
    }

    private Map<String, Set<String>> seen() {
        return USERS.stream().collect(Collectors.toMap(user -> user, oracle::visible));
    }

    private Map<OpenStream, Long> refreshed() {
        return streams.values().stream()
                .flatMap(List::stream)
                .filter(one -> !one.hasEnded())
                .collect(Collectors.toMap(one -> one, RandomHistoryTest::refreshes));
    }

    private static long refreshes(OpenStream stream) {
        return stream.events().stream()
                .filter(event -> event.name().equals("Refresh"))
                .count();
    }

    /** Whoever sees something else by assignments, zone or setting was told to look again, at whichever instance. */
    private void awaitRefreshed(Map<String, Set<String>> before, Map<OpenStream, Long> counted) {
        streams.forEach((user, open) -> {
            if (!oracle.visible(user).equals(before.get(user))) {
                open.stream()
                        .filter(counted::containsKey)
                        .forEach(one -> await().untilAsserted(() -> assertThat(refreshes(one))
                                .as("told to %s, seed %d", user, seed)
                                .isGreaterThan(counted.get(one))));
            }
        });
    }

    private void compareStreams() {
        streams.forEach((user, open) -> {
            // The one that was never broken, and the one that was with the one that went on.
            for (List<OpenStream> whole : List.of(open.subList(1, 2), List.of(open.getFirst(), open.getLast()))) {
                await().untilAsserted(() -> {
                    Set<String> told = new TreeSet<>();
                    whole.forEach(stream -> stream.events().stream()
                            .filter(event -> event.name().equals("AlertRaised"))
                            .forEach(event -> told.add(nameOf(event.data()))));
                    assertThat(told).as("told to %s, seed %d", user, seed).isEqualTo(oracle.told(user));
                });
            }
        });
    }

    /** Until the group has read all cases and texts there are. */
    private static void awaitRead() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", RealParts.kafka()))) {
            await().atMost(Duration.ofSeconds(90)).until(() -> isRead(admin));
        }
    }

    private static boolean isRead(Admin admin) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets("random-history")
                .partitionsToOffsetAndMetadata()
                .get();
        for (String topic : List.of(Topics.CASES, Topics.REPLIES)) {
            for (int partition = 0; partition < 3; partition++) {
                TopicPartition place = new TopicPartition(topic, partition);
                long end = admin.listOffsets(Map.of(place, OffsetSpec.latest()))
                        .partitionResult(place)
                        .get()
                        .offset();
                if (end > 0 && (read.get(place) == null || read.get(place).offset() < end)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static HttpResponse<String> get(Instance at, String user, String query) {
        return send(at, user, HttpRequest.newBuilder().GET(), "/users/" + user + "/alerts" + query);
    }

    private static HttpResponse<String> dismiss(Instance at, String user, String id) {
        return send(
                at,
                user,
                HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()),
                "/alerts/" + id + "/dismissal");
    }

    private static HttpResponse<String> send(Instance at, String user, HttpRequest.Builder request, String path) {
        try {
            return HTTP.send(
                    request.uri(URI.create("http://127.0.0.1:" + at.port() + "/api/sites/" + SITE + path))
                            .header("Authorization", "Bearer " + TestTokens.staff(user, SITE))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** The whole list in small pages; its count must be what the pages hold. */
    private static Set<String> list(Instance at, String user) {
        Set<String> seen = new TreeSet<>();
        String cursor = "";
        int unread;
        do {
            JsonNode page =
                    WireJson.MAPPER.readTree(get(at, user, "?limit=7" + cursor).body());
            page.get("items").forEach(item -> seen.add(nameOf(item)));
            unread = page.get("unread").asInt();
            cursor = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + page.get("next").asString();
        } while (!cursor.isEmpty());
        assertThat(unread).isEqualTo(seen.size());
        return seen;
    }
}

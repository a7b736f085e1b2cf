package org.casewire.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.casewire.events.Topics;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestTokens;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/** Two instances of the service on one log and one database: what is called off or has left is so for both. */
@ServiceTest
class TwoInstancesTest extends OutboundWithTwin {

    private static final int TEXTS = 150;
    private static final UUID HELD = UUID.randomUUID();
    private static final String HELD_FOR = "+14045410001";

    private static ConfigurableApplicationContext second;

    private final JdbcTemplate jdbc;
    private final HttpClient http = HttpClient.newHttpClient();
    private final int firstPort;

    TwoInstancesTest(JdbcTemplate jdbc, @LocalServerPort int firstPort) {
        this.jdbc = jdbc;
        this.firstPort = firstPort;
    }

    @BeforeAll
    static void startAnother(@Autowired Environment environment, @Autowired JdbcTemplate jdbc) {
        holdForWantOfAnAccount(jdbc);
        Map<String, Object> same = new LinkedHashMap<>();
        ((ConfigurableEnvironment) environment)
                .getPropertySources().stream()
                        .filter(source -> source instanceof EnumerablePropertySource<?>)
                        .flatMap(source -> List.of(((EnumerablePropertySource<?>) source).getPropertyNames()).stream())
                        .filter(name -> name.matches("(spring|casewire|management)[.].*"))
                        .forEach(name -> same.put(name, environment.getProperty(name)));
        same.put("server.port", "0");
        same.put("management.server.port", "");
        second = new SpringApplicationBuilder(OutboundApplication.class)
                .run(same.entrySet().stream()
                        .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                        .toArray(String[]::new));
    }

    private static void holdForWantOfAnAccount(JdbcTemplate jdbc) {
        jdbc.update("""
                INSERT INTO message (site, message_id, contact, sender, body, purpose, audience, fingerprint, parts, status,
                                     hold_reason, trace_parent, created_at)
                VALUES ('demo', ?, ?, ?, 'Held', 'CONVERSATION', 'CLIENT', '', 1, 'HELD', 'NO_CREDENTIALS',
                        '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', now())
                """, HELD, HELD_FOR, TwinPart.NUMBER);
        jdbc.update("""
                INSERT INTO part (site, message_id, part, parts, contact, sender, lane, line_at, due_at, body, segments,
                                  status, updated_at)
                VALUES ('demo', ?, 1, 1, ?, ?, 0, now(), '9999-12-31', 'Held', 1, 'HELD', now())
                """, HELD, HELD_FOR, TwinPart.NUMBER);
    }

    @Test
    void whatWasHeldForWantOfAnAccountLeavesOnceAnInstanceStartsThatKnowsIt() {
        await().untilAsserted(() -> assertThat(TwinPart.bodies(HELD_FOR)).containsExactly("Held"));
    }

    @AfterAll
    static void stopIt() {
        second.close();
    }

    private int cancel(UUID id, int port) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + port + "/api/sites/demo/messages/" + id))
                                .header("Authorization", "Bearer " + TestTokens.staff("maria", "demo"))
                                .DELETE()
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void exactlyOneOfCalledOffAndSentWins() throws Exception {
        int secondPort = Integer.parseInt(String.valueOf(second.getEnvironment().getProperty("local.server.port")));
        Instant due = Instant.now().plusSeconds(4);
        Map<UUID, String> people = new LinkedHashMap<>();
        for (int i = 0; i < TEXTS; i++) {
            UUID id = UUID.randomUUID();
            String person = "+1404539%04d".formatted(i);
            people.put(id, person);
            TestLog.write(
                    Topics.SEND_QUEUE,
                    "demo|" + person,
                    "SendRequested",
                    "{\"messageId\":\"%s\",\"site\":\"demo\",\"to\":\"%s\",\"body\":\"Race\",\"sendAt\":\"%s\"}"
                            .formatted(id, person, due.plusMillis(5L * i)));
        }
        await().untilAsserted(() -> assertThat(count("SCHEDULED")).isEqualTo(TEXTS));
        await().pollInterval(Duration.ofMillis(10)).until(() -> Instant.now().isAfter(due.plusMillis(100)));
        Map<UUID, Future<Integer>> answers = new LinkedHashMap<>();
        try (ExecutorService calls = Executors.newFixedThreadPool(2)) {
            int turn = 0;
            List<UUID> inAnyOrder = new ArrayList<>(people.keySet());
            Collections.shuffle(inAnyOrder);
            for (UUID id : inAnyOrder) {
                int port = turn++ % 2 == 0 ? firstPort : secondPort;
                answers.put(id, calls.submit(() -> cancel(id, port)));
            }
        }
        await().untilAsserted(() -> assertThat(open()).isZero());
        List<String> wrong = new ArrayList<>();
        int calledOff = 0;
        for (UUID id : people.keySet()) {
            int answer = answers.get(id).get();
            calledOff += answer == 200 ? 1 : 0;
            int received = TwinPart.bodies(people.get(id)).size();
            if (answer == 200 ? received != 0 : answer != 409 || received != 1) {
                wrong.add(people.get(id) + ": answered " + answer + ", received " + received);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(calledOff).as("a race has losers on both sides").isBetween(1, TEXTS - 1);
    }

    private int count(String status) {
        Integer counted = jdbc.queryForObject(
                "SELECT count(*) FROM message WHERE contact LIKE '+1404539%' AND status = ?", Integer.class, status);
        return counted == null ? 0 : counted;
    }

    private int open() {
        Integer counted = jdbc.queryForObject(
                "SELECT count(*) FROM part WHERE contact LIKE '+1404539%' AND sid IS NULL AND status <> 'CANCELLED'",
                Integer.class);
        return counted == null ? 0 : counted;
    }

    @Test
    void everyTextLeavesOnceThroughWhicheverInstance() {
        Duration atMost = Duration.ofSeconds(30);
        TwinPart.faults("{\"create\":[{\"fault\":\"ACCEPT_THEN_CLOSE\",\"probability\":0.1},"
                + "{\"fault\":\"ACCEPT_THEN_500\",\"probability\":0.1},"
                + "{\"fault\":\"STATUS\",\"status\":429,\"code\":20429,\"probability\":0.2},"
                + "{\"fault\":\"CLOSE\",\"probability\":0.05}]}");
        for (int i = 0; i < 200; i++) {
            String person = "+1404540%04d".formatted(i % 50);
            TestLog.write(
                    Topics.SEND_QUEUE,
                    "demo|" + person,
                    "SendRequested",
                    "{\"messageId\":\"%s\",\"site\":\"demo\",\"to\":\"%s\",\"body\":\"Text %d\"}"
                            .formatted(UUID.randomUUID(), person, i / 50));
        }
        await().atMost(atMost).untilAsserted(() -> {
            Integer accepted = jdbc.queryForObject(
                    "SELECT count(*) FROM part WHERE contact LIKE '+1404540%' AND sid IS NOT NULL", Integer.class);
            assertThat(accepted).isEqualTo(200);
        });
        for (int i = 0; i < 50; i++) {
            assertThat(TwinPart.bodies("+1404540%04d".formatted(i)))
                    .containsExactly("Text 0", "Text 1", "Text 2", "Text 3");
        }
    }
}

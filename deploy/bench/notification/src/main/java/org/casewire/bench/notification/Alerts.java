package org.casewire.bench.notification;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.casewire.bench.stand.Figure;
import org.casewire.bench.stand.Quantiles;
import org.casewire.bench.stand.Stack;

/** Files texts on cases, and sees when their alerts are told on open home pages and on their topic. */
final class Alerts {

    private static final String SITE = "demo";
    private static final int CASES_OF_A_USER = 4;
    private static final double MOST_MILLIS = 100;
    private static final double LEAST_PER_SECOND = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stack stack;
    private final Clock clock;
    private final int users;

    Alerts(Stack stack, Clock clock, int users) {
        this.stack = stack;
        this.clock = clock;
        this.users = users;
    }

    /** The cases, each with one primary assignment, and waits until they were read. */
    void writeCases() throws SQLException {
        try (Upstream upstream = new Upstream(stack.kafka(), 5)) {
            for (int number = 0; number < users * CASES_OF_A_USER; number++) {
                upstream.send("sms.cases", SITE + "|CASE|bench-" + number, "CaseChanged", """
                        {"site":"%s","caseRef":{"kind":"CASE","id":"bench-%d"},"title":"Case %d","clientName":"Client %d",
                         "assignments":[{"userId":"s%d","primary":true}],"updatedAt":"%s"}""".formatted(
                                SITE, number, number, number, number % users, clock.instant()));
            }
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Connection database = stack.database("notification").connect();
                Statement look = database.createStatement()) {
            while (count(look) < users * CASES_OF_A_USER) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("The cases were not read in time");
                }
                LockSupport.parkNanos(100_000_000);
            }
        }
    }

    private static int count(Statement look) throws SQLException {
        try (ResultSet row = look.executeQuery("SELECT count(*) FROM assignments WHERE case_id LIKE 'bench-%'")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    /** Texts at a steady pace, heard of on open streams. */
    Result latency(String part, int perSecond, int seconds) throws IOException, InterruptedException {
        int count = perSecond * seconds;
        Map<String, Long> sent = new HashMap<>();
        List<Double> took = new ArrayList<>();
        List<Double> sinceRaised = new ArrayList<>();
        int again;
        try (AlertStreams streams = new AlertStreams(clock);
                Upstream upstream = new Upstream(stack.kafka(), 0)) {
            streams.open(
                    stack.url("notification"),
                    stack.token("admin"),
                    SITE,
                    IntStream.range(0, users).mapToObj(user -> "s" + user).toList());
            long begin = System.nanoTime();
            for (int number = 0; number < count; number++) {
                // Counted from when it was due to be written: a sender that lags must not hide a wait.
                long due = begin + number * 1_000_000_000L / perSecond;
                LockSupport.parkNanos(due - System.nanoTime());
                sent.put(part + "-" + number, due);
                file(upstream, part, number);
            }
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (streams.heard().size() < count && System.nanoTime() < deadline) {
                LockSupport.parkNanos(50_000_000);
            }
            streams.heard().forEach((sid, heard) -> {
                took.add((heard.nanos() - sent.getOrDefault(sid, heard.nanos())) / 1e6);
                sinceRaised.add(heard.sinceRaised());
            });
            again = streams.again();
        }
        Quantiles millis = Quantiles.of(took);
        return new Result(
                part,
                "%,d texts a second for %d s, %,d open streams".formatted(perSecond, seconds, users),
                List.of(
                        Figure.of("reply event -> open alert stream, p50", millis.p50(), "ms"),
                        Figure.atMost("reply event -> open alert stream, p99", millis.p99(), "ms", MOST_MILLIS),
                        Figure.of("reply event -> open alert stream, slowest", millis.max(), "ms"),
                        Figure.of(
                                "of these, alert raised -> stream, p50",
                                Quantiles.of(sinceRaised).p50(),
                                "ms")),
                Map.of("lost", count - took.size(), "doubled", again));
    }

    /** As many texts as there are at once, until the last alert is on its topic. */
    Result rate(String part, int count) {
        try (RaisedAlerts raised = new RaisedAlerts(stack.kafka());
                Upstream upstream = new Upstream(stack.kafka(), 5)) {
            long begin = clock.millis();
            for (int number = 0; number < count; number++) {
                file(upstream, part, number);
            }
            double written = (clock.millis() - begin) / 1_000.0;
            RaisedAlerts.Seen seen = raised.await(part, count);
            double seconds = (seen.lastMillis() - begin) / 1_000.0;
            return new Result(
                    part,
                    "%,d texts at once, one alert each".formatted(count),
                    List.of(
                            Figure.of("texts written", count / written, "per s"),
                            Figure.atLeast(
                                    "alerts, first text -> last alert", count / seconds, "per s", LEAST_PER_SECOND)),
                    Map.of("lost", count - seen.different(), "doubled", seen.all() - seen.different()));
        }
    }

    private void file(Upstream upstream, String part, int number) {
        String contact = "+1404%07d".formatted(5_500_000 + number % 100_000);
        upstream.send("sms.replies", SITE + "|" + contact, "ReplyRouted", """
                {"sid":"%s-%d","site":"%s","contact":"%s","to":"+14045550100","body":"Yes, Tuesday at ten works for me",
                 "media":[],"cases":[{"kind":"CASE","id":"bench-%d"}],"strategy":"MOST_RECENT_OUTBOUND","rule":"OUTBOUND",
                 "explanation":["This case texted the number last."],"receivedAt":"%s"}""".formatted(
                        part, number, SITE, contact, number % (users * CASES_OF_A_USER), clock.instant()));
    }
}

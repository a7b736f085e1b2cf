package org.casewire.bench.notification;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.casewire.bench.stand.Figure;
import org.casewire.bench.stand.Quantiles;
import org.casewire.bench.stand.Stack;

/** Writes a calendar whose reminders are all due at one moment, and sees when each of them is on the send queue. */
final class Reminders {

    private static final String SITE = "demo";
    private static final int ATTENDEES = 50;
    private static final Duration LEAD = Duration.ofSeconds(20);
    private static final double MOST_SECONDS = 15;

    private final Stack stack;
    private final SendQueue queue;
    private final Clock clock;

    Reminders(Stack stack, SendQueue queue, Clock clock) {
        this.stack = stack;
        this.queue = queue;
        this.clock = clock;
    }

    /** The users; nobody is reminded who has no number. */
    void writeUsers() {
        try (Upstream upstream = new Upstream(stack.kafka(), 5)) {
            for (int user = 0; user < ATTENDEES; user++) {
                upstream.send("sms.users", SITE + "|b" + user, "UserChanged", """
                        {"site":"%s","userId":"b%d","name":"User %d","mobile":"+140455501%02d","updatedAt":"%s"}""".formatted(
                                SITE, user, user, user, clock.instant()));
            }
        }
    }

    /** Puts reminders into the table that are far from due, as if their entries had been planned. */
    void loadWaiting(int count) throws SQLException, IOException {
        try (Connection database = stack.database("notification").connect();
                Statement statement = database.createStatement();
                InputStream in = Objects.requireNonNull(Reminders.class.getResourceAsStream("waiting.sql"));
                PreparedStatement load =
                        database.prepareStatement(new String(in.readAllBytes(), StandardCharsets.UTF_8))) {
            load.setInt(1, count);
            load.executeUpdate();
            statement.execute("VACUUM ANALYZE reminders");
            statement.execute("CHECKPOINT");
        }
    }

    /** Measures one crowd of reminders that are due at the same moment. */
    Result measure(String part, int count, int waiting) throws SQLException {
        Instant due = clock.instant().plus(LEAD).truncatedTo(ChronoUnit.SECONDS);
        int entries = count / ATTENDEES;
        queue.begin(due);
        long begin = System.nanoTime();
        writeEntries(part, entries, due);
        awaitPlanned(part, entries * ATTENDEES);
        double planning = (System.nanoTime() - begin) / 1e9;
        if (clock.instant().isAfter(due)) {
            throw new IllegalStateException("Planning took until the reminders were due; there is nothing to measure");
        }
        SendQueue.Seen seen = queue.await(part, entries * ATTENDEES);
        Quantiles late = Quantiles.of(seen.lateSeconds());
        return new Result(
                part,
                "%,d reminders due at one moment, while %,d others wait".formatted(entries * ATTENDEES, waiting),
                List.of(
                        Figure.of("calendar -> planned", entries * ATTENDEES / planning, "per s"),
                        Figure.of("lateness on the send queue, p50", late.p50(), "s"),
                        Figure.of("lateness on the send queue, p99", late.p99(), "s"),
                        Figure.atMost("all of them handed over after", late.max(), "s", MOST_SECONDS),
                        Figure.of("handed over", entries * ATTENDEES / late.max(), "per s")),
                Map.of(
                        "lost",
                        entries * ATTENDEES - seen.different(),
                        "doubled",
                        seen.lateSeconds().size() - seen.different(),
                        "early",
                        (int) seen.lateSeconds().stream().filter(one -> one < 0).count()));
    }

    private void writeEntries(String part, int entries, Instant due) {
        String attendees = IntStream.range(0, ATTENDEES)
                .mapToObj(user -> "\"b" + user + "\"")
                .collect(Collectors.joining(",", "[", "]"));
        try (Upstream upstream = new Upstream(stack.kafka(), 5)) {
            for (int entry = 0; entry < entries; entry++) {
                upstream.send("sms.calendar", SITE + "|" + part + "-" + entry, "CalendarEntryChanged", """
                        {"site":"%s","entryId":"%s-%d","title":"Hearing %d","location":"Courtroom 4","startsAt":"%s",
                         "attendees":%s,"remindBefore":["PT1H"],"updatedAt":"%s"}""".formatted(
                                SITE, part, entry, entry, due.plus(Duration.ofHours(1)), attendees, clock.instant()));
            }
        }
    }

    private void awaitPlanned(String part, int count) throws SQLException {
        try (Connection database = stack.database("notification").connect();
                PreparedStatement look = database.prepareStatement(
                        "SELECT count(*) FROM reminders WHERE site = ? AND entry_id LIKE ? AND state = 'PENDING'")) {
            look.setString(1, SITE);
            look.setString(2, part + "-%");
            long deadline = System.nanoTime() + LEAD.toNanos();
            while (System.nanoTime() < deadline) {
                try (ResultSet row = look.executeQuery()) {
                    if (row.next() && row.getInt(1) == count) {
                        return;
                    }
                }
                LockSupport.parkNanos(200_000_000);
            }
            throw new IllegalStateException("The calendar was not planned in time");
        }
    }
}

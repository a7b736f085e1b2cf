package org.casewire.notification.reminder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.casewire.events.CaseRef;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.Topics;
import org.casewire.events.testing.RealParts;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestTokens;
import org.casewire.events.testing.WithRealParts;
import org.casewire.events.transport.WireJson;
import org.casewire.notification.HeldAnswers;
import org.casewire.notification.Instance;
import org.casewire.notification.Office;
import org.casewire.notification.stream.OpenStream;
import org.casewire.notification.stream.OpenStream.Event;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/** Two instances on one database and one group, as processes that are killed while something leaves. */
@WithRealParts
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class KilledTest {

    private static final String SITE = "killed";
    private static final String OFFICE = "office@killed.example";
    private static final int ENTRIES = 240;

    private final String database = RealParts.newDatabase();
    private final JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(database, "postgres", "postgres"));
    private final GreenMail mailboxes = new GreenMail(ServerSetup.SMTP.dynamicPort());
    private final List<Instance> instances = new ArrayList<>();
    private HeldAnswers mailServer;

    private Instance start() {
        Instance instance = Instance.start(
                database,
                "killed",
                "--casewire.reminders.batch=7",
                "--casewire.mail.from=instance-" + instances.size() + "@casewire.example",
                "--casewire.mail.lease=15s",
                "--casewire.mail.digest-after=2s",
                "--test.mail.port=" + mailServer.port(),
                "--test.mail.timeout=120000");
        instances.add(instance);
        return instance;
    }

    @BeforeAll
    void startTwo() {
        mailboxes.start();
        mailServer = HeldAnswers.before(mailboxes.getSmtp().getPort());
        start();
        TestLog.write(new SiteChanged(
                WireJson.MAPPER.readValue("""
                        {"site":"%s","reminders":{"attendees":true},"unassignedEmail":"%s"}""".formatted(SITE, OFFICE), SiteDocument.class), Instant.now()));
        start();
        await().atMost(Duration.ofSeconds(90)).until(() -> instances.stream().allMatch(Instance::isReady));
    }

    @AfterAll
    void stopAll() throws IOException {
        instances.forEach(Instance::close);
        mailServer.close();
        mailboxes.stop();
    }

    /** Which of the two reads the case is Kafka's to say. */
    @Test
    @Order(1)
    void whatOneInstanceReadsOfAssignmentsIsToldOnTheStreamsOfBoth() throws Exception {
        Office office = Office.known(SITE);
        CaseRef caseRef = Office.aCase();
        office.assigns(caseRef, "maria primary");
        office.files("Hello", caseRef);
        await().until(() -> standing() == 1);
        List<OpenStream> open = instances.stream()
                .map(one -> OpenStream.of(one.port(), SITE, "noor", TestTokens.staff("noor", SITE)))
                .toList();
        await().until(() -> open.stream().noneMatch(one -> one.lastId().isEmpty()));
        office.assigns(caseRef, "noor primary");
        await().untilAsserted(() -> assertThat(open)
                .allSatisfy(stream ->
                        assertThat(stream.events()).extracting(Event::name).containsExactly("Refresh")));
        for (OpenStream stream : open) {
            stream.close();
        }
    }

    private int standing() {
        return jdbc.sql("SELECT count(*) FROM alerts WHERE dismissed_at IS NULL AND site = :site")
                .param("site", SITE)
                .query(Integer.class)
                .single();
    }

    private int untold() {
        return jdbc.sql("SELECT count(*) FROM mail_matters WHERE told_at IS NULL")
                .query(Integer.class)
                .single();
    }

    /** What a mail is: by whom, its id, and of how many texts it tells. */
    private record Mail(int instance, String id, int texts) {

        static Mail of(MimeMessage message) {
            try {
                String first = message.getSubject().split(" ")[0];
                return new Mail(
                        Integer.parseInt(message.getFrom()[0].toString().replaceAll("\\D", "")),
                        message.getMessageID(),
                        first.equals("A") ? 1 : Integer.parseInt(first));
            } catch (MessagingException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    private static boolean isToTheOffice(MimeMessage message) {
        try {
            return OFFICE.equals(message.getAllRecipients()[0].toString());
        } catch (MessagingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private List<Mail> mails() {
        return Stream.of(mailboxes.getReceivedMessages())
                .filter(KilledTest::isToTheOffice)
                .map(Mail::of)
                .toList();
    }

    @Test
    @Order(2)
    void anEmailIsSentByOneOfThemAndAgainOnlyIfThatOneIsKilledBeforeItHeard() {
        Office office = Office.known(SITE);
        for (int text = 0; text < 60; text++) {
            office.leavesUnassigned("text " + text);
        }
        await().until(() -> mails().stream().mapToInt(Mail::texts).sum() >= 60 && untold() == 0);
        List<Mail> told = mails();
        assertThat(told).extracting(Mail::id).doesNotHaveDuplicates();
        assertThat(told.stream().mapToInt(Mail::texts).sum()).isEqualTo(60);

        mailServer.hold();
        office.leavesUnassigned("one more");
        await().until(() -> mails().size() == told.size() + 1);
        Mail held = mails().getLast();
        instances.get(held.instance()).kill();
        mailServer.letGo();
        start();
        await().atMost(Duration.ofSeconds(90)).until(() -> untold() == 0);
        List<Mail> after = mails().subList(told.size(), mails().size());
        assertThat(after).hasSize(2).extracting(Mail::id).containsOnly(held.id());
        assertThat(after).extracting(Mail::texts).containsOnly(1);
        assertThat(after.getLast().instance()).isNotEqualTo(held.instance());
    }

    private static void entry(int number, Instant start, boolean cancelled) {
        TestLog.write(Topics.CALENDAR, SITE + "|e" + number, "CalendarEntryChanged", """
                {"site":"%s","entryId":"e%d","title":"Hearing %d","startsAt":"%s","attendees":["u%d"],
                 "remindBefore":["PT1H"],"cancelled":%s,"updatedAt":"%s"}""".formatted(
                        SITE, number, number, start, number % 20, cancelled, Instant.now()));
    }

    /** Every request of the site by its message, and what was called off. */
    private record Asked(Map<String, Set<JsonNode>> requests, Set<String> calledOff) {

        static Asked now() {
            Map<String, Set<JsonNode>> requests = new HashMap<>();
            Set<String> calledOff = new HashSet<>();
            TestLog.all(Topics.SEND_QUEUE, one -> one.key().startsWith(SITE + "|"))
                    .forEach(one -> {
                        String id = one.json().get("messageId").asString();
                        if (one.event().equals("SendCancelled")) {
                            calledOff.add(id);
                        } else {
                            requests.computeIfAbsent(id, _ -> new HashSet<>()).add(one.json());
                        }
                    });
            return new Asked(requests, calledOff);
        }

        /** Which start each entry's people are reminded of in the end. */
        Map<String, List<String>> standing() {
            Map<String, List<String>> standing = new HashMap<>();
            requests.forEach((id, same) -> {
                JsonNode request = same.iterator().next();
                if (!calledOff.contains(id)) {
                    standing.computeIfAbsent(
                                    request.get("attributes").get("entryId").asString(), _ -> new ArrayList<>())
                            .add(request.get("expiresAt").asString());
                }
            });
            return standing;
        }
    }

    @Test
    @Order(3)
    void everyReminderLeavesOnceWhoeverIsKilledWhen() {
        List<Instance> running = instances.stream().filter(Instance::isAlive).toList();
        for (int user = 0; user < 20; user++) {
            TestLog.write(
                    Topics.USERS, SITE + "|u" + user, "UserChanged", """
                    {"site":"%s","userId":"u%d","mobile":"+140453880%02d","updatedAt":"%s"}""".formatted(SITE, user, user, Instant.now()));
        }
        Instant begin = Instant.now().plusSeconds(12).truncatedTo(ChronoUnit.SECONDS);
        Map<String, List<String>> expected = new HashMap<>();
        for (int number = 0; number < ENTRIES; number++) {
            Instant start = begin.plus(Duration.ofHours(1)).plusMillis(number * 60L);
            entry(number, start, false);
            expected.put("e" + number, List.of(start.toString()));
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Asked.now().requests().size() > 20);
        running.getFirst().kill();
        for (int number = 0; number < ENTRIES; number += 4) {
            // Some had been handed over by then and some had not.
            boolean cancelled = number % 8 == 0;
            Instant moved = begin.plus(Duration.ofHours(1)).plusSeconds(30).plusMillis(number);
            entry(number, moved, cancelled);
            expected.put("e" + number, cancelled ? List.of() : List.of(moved.toString()));
        }
        running.getLast().kill();
        start();
        start();
        expected.values().removeIf(List::isEmpty);
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(Asked.now().standing()).isEqualTo(expected));
        Asked asked = Asked.now();
        assertThat(asked.requests().values()).as("one id is always one text").allMatch(same -> same.size() == 1);
        assertThat(asked.requests().keySet())
                .as("only what was asked for is called off")
                .containsAll(asked.calledOff());
    }
}

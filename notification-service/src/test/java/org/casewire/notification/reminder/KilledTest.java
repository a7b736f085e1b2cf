package org.casewire.notification.reminder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.Topics;
import org.casewire.events.testing.RealParts;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.WithRealParts;
import org.casewire.events.transport.WireJson;
import org.casewire.notification.Instance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two instances on one database and one group, as processes that are killed while reminders are due. */
@WithRealParts
class KilledTest {

    private static final String SITE = "killed";
    private static final int ENTRIES = 240;

    private final String database = RealParts.newDatabase();
    private final List<Instance> instances = new ArrayList<>();

    private Instance start() {
        Instance instance = Instance.start(database, "killed", "--casewire.reminders.batch=7");
        instances.add(instance);
        return instance;
    }

    @AfterEach
    void stopAll() {
        instances.forEach(Instance::close);
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
    void everyReminderLeavesOnceWhoeverIsKilledWhen() {
        Instance first = start();
        TestLog.write(
                new SiteChanged(WireJson.MAPPER.readValue("""
                        {"site":"%s","reminders":{"attendees":true}}""".formatted(SITE), SiteDocument.class), Instant.now()));
        for (int user = 0; user < 20; user++) {
            TestLog.write(
                    Topics.USERS, SITE + "|u" + user, "UserChanged", """
                    {"site":"%s","userId":"u%d","mobile":"+140453880%02d","updatedAt":"%s"}""".formatted(SITE, user, user, Instant.now()));
        }
        start();
        Instant begin = Instant.now().plusSeconds(12).truncatedTo(ChronoUnit.SECONDS);
        Map<String, List<String>> expected = new HashMap<>();
        for (int number = 0; number < ENTRIES; number++) {
            Instant start = begin.plus(Duration.ofHours(1)).plusMillis(number * 60L);
            entry(number, start, false);
            expected.put("e" + number, List.of(start.toString()));
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Asked.now().requests().size() > 20);
        first.kill();
        for (int number = 0; number < ENTRIES; number += 4) {
            // Some had been handed over by then and some had not.
            boolean cancelled = number % 8 == 0;
            Instant moved = begin.plus(Duration.ofHours(1)).plusSeconds(30).plusMillis(number);
            entry(number, moved, cancelled);
            expected.put("e" + number, cancelled ? List.of() : List.of(moved.toString()));
        }
        instances.get(1).kill();
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

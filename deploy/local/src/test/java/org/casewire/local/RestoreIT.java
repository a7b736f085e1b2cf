package org.casewire.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What deploy/README.md says of a database that is brought back to an earlier moment, while Kafka is ahead. */
@OnTheFleet
class RestoreIT {

    private static final Duration SETTLED = Duration.ofMinutes(3);

    private static final String ANSWERS = "+14045386201";
    private static final String WAITED = "+14045386202";
    private static final String FORGOTTEN = "+14045386203";
    private static final String CALLED_OFF = "+14045386204";
    private static final String SAYS_NO = "+14045386205";

    @TempDir
    private static Path temporary;

    private static Fleet fleet;
    private static Traffic traffic;

    @BeforeAll
    static void begin() {
        fleet = SharedFleet.fleet();
        traffic = new Traffic(fleet);
        traffic.publishCase("restore", ANSWERS);
    }

    @AfterAll
    static void end() {
        if (traffic != null) {
            traffic.close();
        }
    }

    /** What a test needs to know of what the databases forget. */
    private record Forgotten(String reply, UUID unsent, UUID cancelled) {}

    @Test
    void aDatabaseThatWasBroughtBackSendsNothingAgainAndForgetsNothing() throws Exception {
        fleet.ensureOfEach(1);
        traffic.ask(ANSWERS, "Before");
        awaitHandset(ANSWERS, "Before");
        traffic.pause(true);
        awaitStatus(traffic.ask(WAITED, "Held at the moment"), "HELD");
        awaitStatus(traffic.ask(SAYS_NO, "Held, and then unwanted"), "HELD");
        Instant moment = Instant.now();
        Path backup = fleet.backUpPostgres();
        Forgotten forgotten = goOn();

        fleet.stopServices();
        fleet.stopPostgres();
        fleet.restorePostgres(backup);
        fleet.startPostgres();
        followTheSteps(moment.toString(), forgotten);

        fleet.ensureOfEach(1);
        traffic.pause(false);
        requireNothingSentAgain();
        requireTheAnswerIsBack(forgotten.reply());
    }

    private static Forgotten goOn() throws InterruptedException {
        traffic.pause(false);
        awaitHandset(WAITED, "Held at the moment");
        awaitHandset(SAYS_NO, "Held, and then unwanted");
        traffic.ask(ANSWERS, "After");
        awaitHandset(ANSWERS, "Before", "After");
        String reply = traffic.reply(ANSWERS, "An answer that the database forgets");
        traffic.reply(SAYS_NO, "STOP");
        traffic.pause(true);
        UUID unsent = traffic.ask(FORGOTTEN, "Asked for and not sent");
        awaitStatus(unsent, "HELD");
        UUID cancelled = traffic.ask(CALLED_OFF, "Called off");
        traffic.cancel(CALLED_OFF, cancelled);
        awaitStatus(cancelled, "CANCELLED");
        await("an alert of the answer")
                .atMost(SETTLED)
                .until(() -> traffic.sids("sms.alerts", "AlertRaised").containsKey(reply));
        return new Forgotten(reply, unsent, cancelled);
    }

    /** As they stand there, one after the other. */
    private static void followTheSteps(String since, Forgotten forgotten) throws Exception {
        assertThat(ops("rewind", "--group", "outbound-service", "--to", since)).contains("Add --except sms.send-queue");
        assertThat(ops("rewind", "--group", "outbound-service", "--to", since, "--except", "sms.send-queue"))
                .contains("sms.consent")
                .doesNotContain("sms.send-queue");
        assertThat(ops("reconcile", "--since", since))
                .contains("demo " + forgotten.unsent())
                .contains("1 without an outcome")
                .doesNotContain(forgotten.cancelled().toString());
        assertThat(ops("reconcile", "--since", since, "--ask-anew")).contains("Asked anew: 2");
        fleet.execute(
                Service.OUTBOUND,
                Files.readString(Path.of("../ops/restored.sql")).replace(":moment", "'" + since + "'"));
        assertThat(ops("rewind", "--group", "routing-service", "--to", since)).contains("again when it is started");
        assertThat(ops("rewind", "--group", "notification-service", "--to", since))
                .contains("sms.outbound");
    }

    /** What is asked for later stands behind what might leave again. */
    private static void requireNothingSentAgain() {
        awaitHandset(FORGOTTEN, "Asked for and not sent");
        List.of(ANSWERS, WAITED, FORGOTTEN, CALLED_OFF).forEach(person -> traffic.ask(person, "Later"));
        awaitHandset(ANSWERS, "Before", "After", "Later");
        awaitHandset(WAITED, "Held at the moment", "Later");
        awaitHandset(FORGOTTEN, "Asked for and not sent", "Later");
        awaitHandset(CALLED_OFF, "Later");
        awaitStatus(traffic.ask(SAYS_NO, "Unwanted"), "REJECTED");
        awaitHandset(SAYS_NO, "Held, and then unwanted");
    }

    private static void requireTheAnswerIsBack(String reply) {
        String site = fleet.frontDoor() + "/api/sites/demo";
        await("the answer is filed again, on its case, with one alert")
                .atMost(SETTLED)
                .untilAsserted(() -> {
                    assertThat(sids(site + "/cases/CASE/restore/messages")).containsOnlyOnce(reply);
                    assertThat(sids(site + "/users/maria/alerts?limit=500")).containsOnlyOnce(reply);
                });
    }

    private static List<String> sids(String address) {
        return traffic.get(address)
                .get("items")
                .valueStream()
                .map(item -> item.path("sid").asString(""))
                .toList();
    }

    private static void awaitHandset(String person, String... texts) {
        await(person)
                .atMost(SETTLED)
                .untilAsserted(() -> assertThat(traffic.received(person))
                        .filteredOn(text -> !text.contains("unsubscribed"))
                        .containsExactly(texts));
    }

    private static void awaitStatus(UUID id, String status) {
        await(status)
                .atMost(SETTLED)
                .untilAsserted(() -> assertThat(traffic.get(fleet.frontDoor() + "/api/sites/demo/messages/" + id)
                                .get("status")
                                .asString())
                        .isEqualTo(status));
    }

    private static String ops(String command, String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("../ops/" + command));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--bootstrap", fleet.kafka()));
        Path output = temporary.resolve("output");
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output);
    }
}

package org.casewire.local.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does from a command line, on whole services. */
@ExtendWith(SharedStack.class)
class OperatorIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final AtomicInteger PEOPLE = new AtomicInteger(3300);

    private static RunningStack stack;

    @TempDir
    private Path folder;

    record Outcome(int exitCode, String output) {}

    @BeforeAll
    static void start() {
        stack = SharedStack.stack();
    }

    private static String person() {
        return "+1404538" + PEOPLE.incrementAndGet();
    }

    private Outcome run(String command, String... arguments) {
        List<String> line = new ArrayList<>(List.of("../ops/" + command));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--stack", stack.file().toString()));
        Path output = folder.resolve("output");
        try {
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
            return new Outcome(process.exitValue(), Files.readString(output));
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String request(UUID id, String to, String body) {
        return "{\"messageId\":\"%s\",\"site\":\"demo\",\"to\":\"%s\",\"body\":\"%s\"}".formatted(id, to, body);
    }

    private static void ask(String to, String body) {
        stack.publish("sms.send-queue", "demo|" + to, "SendRequested", request(UUID.randomUUID(), to, body));
    }

    private static void awaitHandset(String person, String... texts) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stack.handset(person)).containsExactly(texts));
    }

    private String idOfLetter(String reason) {
        Outcome listed = run("dead-letters", "list", "--topic", "sms.send-queue", "--reason", reason);
        Matcher id = Pattern.compile("(?m)^(sms\\.send-queue/\\d+/\\d+) ").matcher(listed.output());
        assertThat(id.find()).as(listed.output()).isTrue();
        return id.group(1);
    }

    @Test
    void aDeadLetterThatIsReplayedTwiceIsOneText() {
        String person = person();
        UUID id = UUID.randomUUID();
        String fault = "fault " + id;
        stack.publish(
                "sms.send-queue.dlt",
                "demo|" + person,
                "SendRequested",
                request(id, person, "Put aside by a fault that is mended"),
                Map.of("x-reason", fault, "x-group", "outbound-service", "x-topic", "sms.send-queue"));
        String letter = idOfLetter(fault);
        assertThat(stack.handset(person)).isEmpty();

        Outcome replayed = run("dead-letters", "replay", letter);

        assertThat(replayed.output()).contains("Replayed 1 letter.");
        assertThat(replayed.exitCode()).isZero();
        awaitHandset(person, "Put aside by a fault that is mended");
        assertThat(run("dead-letters", "replay", letter).output()).contains("replayed before");
        assertThat(run("dead-letters", "replay", letter, "--again").output()).contains("Replayed 1 letter.");
        ask(person, "Afterwards");
        awaitHandset(person, "Put aside by a fault that is mended", "Afterwards");
    }

    @Test
    void aRecordThatIsStillUnreadableIsPutAsideAgainForItsGroupAlone() {
        String person = person();
        stack.publish("sms.send-queue", "demo|" + person, "SendRequested", "{\"site\":\"demo\",");
        await().atMost(SOON)
                .until(() -> run("dead-letters", "list", "--topic", "sms.send-queue", "--reason", "no readable JSON")
                        .output()
                        .contains("…" + person.substring(person.length() - 2)));
        String letter = idOfLetter("no readable JSON");
        assertThat(run("dead-letters", "show", letter).output())
                .contains("outbound-service", "no readable JSON", "15 bytes")
                .doesNotContain(person);

        assertThat(run("dead-letters", "replay", letter).output()).contains("for outbound-service");

        await().atMost(SOON)
                .until(() -> run("dead-letters", "list", "--topic", "sms.send-queue", "--waiting", "--reason", "JSON")
                        .output()
                        .contains("1 dead letters"));
        assertThat(run("dead-letters", "show", idOfLetter("no readable JSON")).output())
                .contains("x-replay-of      " + letter);
    }

    @Test
    void whatIsHeldByAPauseLeavesAfterwardsInItsOrderAndOnce() {
        String person = person();
        assertThat(stack.put("/api/sites/demo/pause", "staff", "{\"paused\":true}")
                        .statusCode())
                .isEqualTo(403);
        Outcome paused = run("pause", "--site", "demo", "--start");
        try {
            assertThat(paused.output()).contains("site demo: paused since", "by operator");
            List.of("one", "two", "three").forEach(text -> ask(person, text));
            await().atMost(SOON)
                    .until(() -> run("pause", "--site", "demo").output().contains(", 3 held"));
            assertThat(stack.handset(person)).isEmpty();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(run("backlog").output())
                            .contains("site demo (paused)", "3 held")
                            .containsPattern("held +3"));
        } finally {
            assertThat(run("pause", "--site", "demo", "--end").output()).contains("site demo: not paused");
        }
        awaitHandset(person, "one", "two", "three");
        assertThat(run("pause", "--site", "nowhere", "--start"))
                .satisfies(outcome -> assertThat(outcome.exitCode()).isEqualTo(1))
                .satisfies(outcome -> assertThat(outcome.output()).contains("404", "There is no site nowhere"));
    }

    @Test
    void whatWaitsIsToldOfEveryPart() {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(run("backlog", "--all").output())
                        .containsPattern("routing-service +sms\\.inbound +0 on 0 partitions")
                        .containsPattern("spool +0")
                        .containsPattern("outbox +0")
                        .containsPattern("doubt +0")
                        .containsPattern("unindexed +0")
                        .containsPattern("reminders +\\d")
                        .contains("minutes to drain"));
    }
}

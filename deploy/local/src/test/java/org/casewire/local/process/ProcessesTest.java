package org.casewire.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {

    private static final StopOrder ORDER =
            new StopOrder(List.of(List.of("door"), List.of("store")), Duration.ofSeconds(2));

    @TempDir
    Path temporary;

    private Path data;
    private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    private Processes processes;

    @BeforeEach
    void processes() throws IOException {
        data = temporary.toRealPath();
        processes = another();
    }

    @AfterEach
    void stop() {
        processes.stop();
    }

    @Test
    void whatLetsWorkInStopsBeforeWhatStoresIt() throws InterruptedException {
        ready(processes.start(noting("store")));
        ready(processes.start(noting("door")));

        processes.stop();

        assertThat(data.resolve("stopped")).hasContent("door\nstore\n");
    }

    @Test
    void aPartThatDoesNotStopIsKilled() throws InterruptedException {
        RunningPart stubborn =
                processes.start(part("door", "trap '' TERM; touch door-is-up; while :; do sleep 0.1; done"));
        ready(stubborn);

        processes.stop();

        assertThat(stubborn.process().isAlive()).isFalse();
    }

    @Test
    void aPartThatEndsByItselfIsReportedWithItsExitCode() throws InterruptedException {
        RunningPart part = processes.start(part("door", "touch door-is-up; exec sleep 60"));
        ready(part);
        processes.watch(part);

        part.process().destroyForcibly();

        assertThat(ended.poll(10, TimeUnit.SECONDS)).isEqualTo("door 137");
    }

    @Test
    void aPartThatIsStoppedIsNotReported() throws InterruptedException {
        RunningPart part = processes.start(part("door", "touch door-is-up; exec sleep 60"));
        ready(part);
        processes.watch(part);

        processes.stop();

        assertThat(part.process().isAlive()).isFalse();
        assertThat(ended).isEmpty();
    }

    @Test
    void aPartThatEndsWhileItStartsFailsWithTheEndOfItsLog() {
        RunningPart part = processes.start(part("door", "echo cannot open the door; exit 3"));

        assertThatThrownBy(part::awaitReady)
                .isInstanceOf(PartFailed.class)
                .hasMessageContaining("Part door ended with exit code 3")
                .hasMessageContaining("| cannot open the door")
                .hasMessageContaining(data.resolve("logs/door.log").toString());
    }

    @Test
    void ofAJsonLogItShowsWhatAPersonReads() {
        RunningPart part = processes.start(
                part("door", "echo '{\"log\":{\"level\":\"ERROR\"},\"message\":\"No key\\nGive one\"}'; exit 1"));

        assertThatThrownBy(part::awaitReady)
                .hasMessageContaining("| ERROR No key")
                .hasMessageContaining("| Give one")
                .hasMessageNotContaining("{");
    }

    @Test
    void theLogOfTheRunBeforeIsKeptBesideTheNewOne() throws Exception {
        for (String run : List.of("first", "second", "third")) {
            processes.run(part("door", "echo " + run));
        }

        assertThat(data.resolve("logs/door.log")).hasContent("third");
        assertThat(data.resolve("logs/door.log.1")).hasContent("second");
    }

    @Test
    void aProgramThatFailsIsReported() {
        assertThatThrownBy(() -> processes.run(part("initdb", "echo no room; exit 1")))
                .isInstanceOf(PartFailed.class)
                .hasMessageContaining("no room");
    }

    @Test
    void nothingIsStartedAnyMoreOnceTheStackStops() {
        processes.stop();

        assertThatThrownBy(() -> processes.start(part("door", "sleep 60"))).isInstanceOf(PartFailed.class);
    }

    @Test
    void theNextRunStopsWhatAKilledOneLeft() throws InterruptedException {
        RunningPart left = processes.start(part("door", "touch door-is-up; while :; do sleep 0.1; done"));
        ready(left);

        assertThat(another().stopLeftovers()).containsExactly("door");

        await().until(() -> !left.process().isAlive());
        assertThat(another().stopLeftovers()).isEmpty();
    }

    @Test
    void aProcessThatOnlyHasTheSameIdIsLeftAlone() throws IOException {
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try {
            long began = stranger.info().startInstant().orElseThrow().toEpochMilli();
            Files.writeString(data.resolve("processes"), """
                    kafka\t%1$d\t%2$d\tTERMINATE
                    postgres\t%1$d\t%3$d\tINTERRUPT
                    half a li""".formatted(stranger.pid(), began, began - 60_000));

            assertThat(another().stopLeftovers()).isEmpty();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void noVariableOfThePersonWhoStartsItSteersAPart() throws Exception {
        processes.run(part("door", "env"));

        assertThat(Files.readString(data.resolve("logs/door.log")))
                .contains("PATH=")
                .doesNotContain("\nSPRING_")
                .doesNotContain("\nPG");
    }

    private Processes another() {
        return new Processes(data, ORDER, (part, exitCode) -> ended.add(part.name() + " " + exitCode));
    }

    private static void ready(RunningPart part) throws InterruptedException {
        part.awaitReady();
    }

    /** Notes its name when it is asked to stop, a little later than the others could. */
    private Part noting(String name) {
        return part(
                name,
                "trap 'sleep 0.2; echo %1$s >> stopped; exit' TERM; touch %1$s-is-up; while :; do sleep 0.05; done"
                        .formatted(name));
    }

    private Part part(String name, String script) {
        return new Part(
                name,
                "Part " + name,
                List.of("bash", "-c", script, data.toString()),
                data.resolve("logs/" + name + ".log"),
                StopSignal.TERMINATE,
                () -> Files.exists(data.resolve(name + "-is-up")));
    }
}

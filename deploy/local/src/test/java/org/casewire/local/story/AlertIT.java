package org.casewire.local.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus beside the stack, told what the page for operators tells it; skipped where none is installed. */
@ExtendWith(SharedStack.class)
class AlertIT {

    private static final Path FOLDER = Path.of("..", "observability", "prometheus");
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private static boolean isInstalled() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "prometheus")));
    }

    /** {@code local.yaml} for the ports of this stack. */
    private Path configuration(RunningStack stack) throws IOException {
        String text = Files.readString(FOLDER.resolve("local.yaml"))
                .replace("- rules.yaml", "- " + FOLDER.resolve("rules.yaml").toRealPath());
        List<Integer> ports = stack.managementPorts();
        for (int one = 0; one < ports.size(); one++) {
            assertThat(text).contains("127.0.0.1:" + (8091 + one));
            text = text.replace("127.0.0.1:" + (8091 + one), "127.0.0.1:" + ports.get(one));
        }
        return Files.writeString(folder.resolve("prometheus.yaml"), text);
    }

    private static JsonNode ask(int port, String what) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + port + "/api/v1/" + what);
        try (HttpClient http = HttpClient.newHttpClient()) {
            String answer = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
            return JsonMapper.shared().readTree(answer).get("data");
        }
    }

    @Test
    void aRecordThatCannotBeHandledFiresAnAlertInPrometheus() throws Exception {
        assumeThat(isInstalled())
                .as("prometheus is not installed, so no alert is fired (Debian: apt-get install prometheus)")
                .isTrue();
        RunningStack stack = SharedStack.stack();
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Process prometheus = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + configuration(stack),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            everyTargetAnswers(port);
            stack.publish("sms.activity", "demo|" + UUID.randomUUID(), "ActivityReported", "no JSON");
            await().atMost(SOON)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(
                                    ask(port, "alerts").get("alerts").valueStream())
                            .anySatisfy(alert -> {
                                assertThat(alert.at("/labels/alertname").asString())
                                        .isEqualTo("CasewireDeadLetters");
                                assertThat(alert.at("/labels/topic").asString()).isEqualTo("sms.activity");
                                assertThat(alert.at("/labels/job").asString()).isEqualTo("notification-service");
                                assertThat(alert.get("state").asString()).isEqualTo("firing");
                            }));
        } finally {
            prometheus.destroy();
            prometheus.waitFor();
        }
    }

    private static void everyTargetAnswers(int port) {
        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                ask(port, "targets").get("activeTargets").valueStream())
                        .hasSize(5)
                        .allSatisfy(target ->
                                assertThat(target.get("health").asString()).isEqualTo("up")));
    }
}

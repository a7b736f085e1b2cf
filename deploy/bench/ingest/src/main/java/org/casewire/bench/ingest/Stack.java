package org.casewire.bench.ingest;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The local stack on an empty folder, without what is not needed: ingest, Kafka and an idle PostgreSQL stay. */
final class Stack implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(5);
    private static final int INGEST_MANAGEMENT = 11;

    private final Process runner;
    private final JsonNode description;
    private final int basePort;

    private Stack(Process runner, JsonNode description, int basePort) {
        this.runner = runner;
        this.description = description;
        this.basePort = basePort;
    }

    /** The settings come as system properties, which outrank the files that the runner writes. */
    static Stack start(Path script, Path folder, Options options, List<String> javaOptions) throws IOException {
        Path file = folder.resolve("stack.json");
        List<String> command = new ArrayList<>(List.of(
                script.toString(),
                "--base-port",
                Integer.toString(options.basePort()),
                "--data",
                folder.resolve("data").toString(),
                "--stack",
                file.toString()));
        if (options.noBuild()) {
            command.add("--no-build");
        }
        List<String> jvm = new ArrayList<>(List.of(options.javaOptions()));
        jvm.addAll(javaOptions);
        options.settings().forEach(setting -> jvm.add("-D" + setting));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(folder.resolve("stack.log").toFile()));
        builder.environment().put("CASEWIRE_JAVA_OPTIONS", String.join(" ", jvm));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process runner = builder.start();
        Stack stack = new Stack(runner, description(runner, file), options.basePort());
        stack.endAllButIngest();
        return stack;
    }

    private static JsonNode description(Process runner, Path file) throws IOException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!Files.exists(file)) {
            if (!runner.isAlive() || System.nanoTime() > deadline) {
                stop(runner);
                throw new IllegalStateException("The stack did not start; see " + file.resolveSibling("stack.log"));
            }
            LockSupport.parkNanos(50_000_000);
        }
        return JsonMapper.shared().readTree(Files.readString(file));
    }

    private void endAllButIngest() {
        description.path("services").forEachEntry((name, service) -> {
            if (!name.equals("ingest")) {
                end(service.path("pid").asLong());
            }
        });
        end(description.path("pids").path("frontDoor").asLong());
        end(description.path("pids").path("twin").asLong());
    }

    private static void end(long pid) {
        ProcessHandle.of(pid).ifPresent(process -> {
            process.destroy();
            process.onExit().orTimeout(15, TimeUnit.SECONDS).join();
        });
    }

    /** PIDs by name. */
    Map<String, Long> processes() {
        Map<String, Long> processes = new LinkedHashMap<>();
        processes.put("ingest", ingest());
        processes.put("kafka", brokerPid());
        processes.put("load", ProcessHandle.current().pid());
        return processes;
    }

    long ingest() {
        return description.path("services").path("ingest").path("pid").asLong();
    }

    private long brokerPid() {
        return description.path("pids").path("kafka").asLong();
    }

    /** Stops the broker where it stands, as a machine that hangs would, or lets it go on. */
    void broker(boolean runs) throws IOException, InterruptedException {
        new ProcessBuilder("kill", runs ? "-CONT" : "-STOP", Long.toString(brokerPid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    String kafka() {
        return description.path("kafka").asString();
    }

    int port() {
        return basePort + 1;
    }

    String metrics() {
        return "http://127.0.0.1:" + (basePort + INGEST_MANAGEMENT) + "/actuator/prometheus";
    }

    Callbacks callbacks() {
        JsonNode twilio = description.path("twilio");
        return new Callbacks(
                description.path("publicBaseUrl").asString(),
                twilio.path("accountSid").asString(),
                twilio.path("authToken").asString(),
                twilio.path("number").asString());
    }

    @Override
    public void close() {
        stop(runner);
    }

    private static void stop(Process runner) {
        runner.destroy();
        runner.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }
}

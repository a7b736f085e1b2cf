package org.casewire.bench.notification;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The local stack on an empty folder, without the services that are not measured. */
final class Stack implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(5);

    private final Process runner;
    private final JsonNode description;

    private Stack(Process runner, JsonNode description) {
        this.runner = runner;
        this.description = description;
    }

    static Stack start(Path script, Path folder, Options options) throws IOException {
        Path file = folder.resolve("stack.json");
        List<String> command = new ArrayList<>(List.of(
                script.toString(), "--base-port", Integer.toString(options.basePort()), "--stack", file.toString()));
        if (options.noBuild()) {
            command.add("--no-build");
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(folder.resolve("stack.log").toFile()));
        builder.environment().put("CASEWIRE_JAVA_OPTIONS", options.javaOptions());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process runner = builder.start();
        Stack stack = new Stack(runner, description(runner, file));
        stack.endAllButNotification();
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

    /** The front door stays: it publishes the keys that tokens are checked with. */
    private void endAllButNotification() {
        description.path("services").forEachEntry((name, service) -> {
            if (!name.equals("notification")) {
                end(service.path("pid").asLong());
            }
        });
        end(description.path("pids").path("twin").asLong());
    }

    private static void end(long pid) {
        ProcessHandle.of(pid).ifPresent(process -> {
            process.destroy();
            process.onExit().orTimeout(15, TimeUnit.SECONDS).join();
        });
    }

    String kafka() {
        return description.path("kafka").asString();
    }

    String notification() {
        return description.path("services").path("notification").path("url").asString();
    }

    /** Admins look at anybody's alerts. */
    String adminToken() {
        return description.path("tokens").path("admin").asString();
    }

    /** A connection of the superuser to the service's database. */
    Connection database() throws SQLException {
        JsonNode postgres = description.path("postgres");
        return DriverManager.getConnection(
                postgres.path("jdbcUrl").asString().replaceAll("/postgres$", "/casewire_notification"),
                postgres.path("user").asString(),
                postgres.path("password").asString());
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

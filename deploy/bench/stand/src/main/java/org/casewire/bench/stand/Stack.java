package org.casewire.bench.stand;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The local stack on an empty folder, with the settings of a part, and without the services it does not need. */
public final class Stack implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(5);

    /** Among the services that stay: whoever asks over HTTP needs it, for it issues the tokens. */
    public static final String FRONT_DOOR = "frontDoor";

    private final Process runner;
    private final JsonNode description;

    private Stack(Process runner, JsonNode description) {
        this.runner = runner;
        this.description = description;
    }

    /**
     * What a part asks for.
     *
     * @param settings of all services, by name
     * @param services those that stay
     */
    public record Wanted(
            Path script,
            Path folder,
            int basePort,
            String javaOptions,
            String postgresOptions,
            Map<String, String> settings,
            Set<String> services,
            boolean build) {

        /** The settings come as system properties, which outrank the files that the runner writes. */
        private String environment() {
            return Stream.concat(
                            Stream.of(javaOptions),
                            settings.entrySet().stream()
                                    .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue()))
                    .collect(Collectors.joining(" "));
        }
    }

    /** Starts the stack and waits until it is ready; then ends what is not wanted. */
    public static Stack start(Wanted wanted) throws IOException {
        Path file = wanted.folder().resolve("stack.json");
        List<String> command = new ArrayList<>(List.of(
                wanted.script().toString(),
                "--base-port",
                Integer.toString(wanted.basePort()),
                "--data",
                wanted.folder().resolve("data").toString(),
                "--stack",
                file.toString()));
        if (!wanted.build()) {
            command.add("--no-build");
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(wanted.folder().resolve("stack.log").toFile()));
        builder.environment().put("CASEWIRE_JAVA_OPTIONS", wanted.environment());
        builder.environment().put("CASEWIRE_POSTGRES_OPTIONS", wanted.postgresOptions());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process runner = builder.start();
        Stack stack = new Stack(runner, description(runner, file));
        stack.endAllBut(wanted.services());
        return stack;
    }

    /** A way into a database. */
    public record Login(String url, String user, String password) {

        /** A new connection. */
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(url, user, password);
        }

        @Override
        public String toString() {
            return "Login[" + url + "]";
        }
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

    private void endAllBut(Set<String> services) {
        description.path("services").forEachEntry((name, service) -> {
            if (!services.contains(name)) {
                end(service.path("pid").asLong());
            }
        });
        if (!services.contains(FRONT_DOOR)) {
            end(description.path("pids").path(FRONT_DOOR).asLong());
        }
        end(description.path("pids").path("twin").asLong());
    }

    private static void end(long pid) {
        ProcessHandle.of(pid).ifPresent(process -> {
            process.destroy();
            process.onExit().orTimeout(15, TimeUnit.SECONDS).join();
        });
    }

    /** PIDs of these services, of PostgreSQL and of Kafka, by name. */
    public Map<String, Long> processes(String... services) {
        Map<String, Long> processes = new LinkedHashMap<>();
        for (String service : services) {
            processes.put(service, pid(service));
        }
        processes.put("postgres", description.path("pids").path("postgres").asLong());
        processes.put("kafka", description.path("pids").path("kafka").asLong());
        return processes;
    }

    /** A service's PID. */
    public long pid(String service) {
        return description.path("services").path(service).path("pid").asLong();
    }

    /** A service's own address, past the front door. */
    public String url(String service) {
        return description.path("services").path(service).path("url").asString();
    }

    /** Where Kafka is to be found. */
    public String kafka() {
        return description.path("kafka").asString();
    }

    /** What opens the demo site to a role: staff, admin, service or operator. */
    public String token(String role) {
        return description.path("tokens").path(role).asString();
    }

    /** The demo site's number. */
    public String number() {
        return description.path("twilio").path("number").asString();
    }

    /** All that the stack says of itself, as deploy/local describes it. */
    public JsonNode description() {
        return description;
    }

    /** What a part wrote. */
    public Path log(String part) {
        return Path.of(description.path("logs").asString(), part + ".log");
    }

    /** The superuser's way into a service's database. */
    public Login database(String service) {
        JsonNode postgres = description.path("postgres");
        return new Login(
                postgres.path("jdbcUrl").asString().replaceAll("/postgres$", "/casewire_" + service),
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

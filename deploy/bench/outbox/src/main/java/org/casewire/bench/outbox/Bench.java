package org.casewire.bench.outbox;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Starts the parts, runs the candidates in turn, and tells what came of it. */
final class Bench {

    private final Options options;
    private final Path target;
    private final List<Outcome> outcomes = new ArrayList<>();

    private Bench(Options options, Path target) {
        this.options = options;
        this.target = target;
    }

    public static void main(String[] args) throws Exception {
        Options options = Options.parse(args);
        new Bench(options, Path.of(Objects.requireNonNull(System.getProperty("bench.target")))).run();
    }

    private void run() throws Exception {
        Files.createDirectories(target);
        Path data = Files.createTempDirectory(target, "postgres-");
        // An interrupted run leaves nothing running; PostgreSQL has a hook of its own.
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> ProcessHandle.current().children().forEach(ProcessHandle::destroy)));
        Process broker = java("broker", "-Xmx512m", Broker.class).start();
        try (EmbeddedPostgres postgres = durable(data);
                BufferedReader lines = broker.inputReader(StandardCharsets.UTF_8)) {
            String kafka = address(lines);
            long postmaster = postmaster(data);
            for (int round = 1; round <= options.rounds(); round++) {
                for (String candidate : inTurn(round)) {
                    outcomes.add(one(candidate, round, postgres, postmaster, kafka, broker.pid()));
                }
            }
        } finally {
            broker.getOutputStream().close();
            broker.waitFor();
            FileSystemUtils.deleteRecursively(data);
        }
        tell();
    }

    /** Every other round the other way round, so that neither always runs on what the other left behind. */
    private static List<String> inTurn(int round) {
        List<String> candidates = new ArrayList<>(List.of("ours", "namastack"));
        if (round % 2 == 0) {
            Collections.reverse(candidates);
        }
        return candidates;
    }

    private Outcome one(
            String candidate, int round, EmbeddedPostgres postgres, long postmaster, String kafka, long broker)
            throws IOException, InterruptedException, SQLException {
        String database = candidate + "_" + round;
        execute(postgres, "CREATE DATABASE " + database);
        Path result = target.resolve(database + ".json");
        Files.deleteIfExists(result);
        int events = candidate.equals("ours") ? options.events() : options.namastackEvents();
        ProcessBuilder process = java(database, "-Xmx1g", Run.class);
        process.command()
                .addAll(List.of(
                        candidate,
                        Integer.toString(round),
                        postgres.getJdbcUrl("postgres", database),
                        kafka,
                        Long.toString(postmaster),
                        Long.toString(broker),
                        Integer.toString(events),
                        Integer.toString(options.target()),
                        result.toString()));
        process.redirectOutput(target.resolve(database + ".log").toFile());
        int exit = process.start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException("%s ended with %d; see %s.log".formatted(candidate, exit, database));
        }
        execute(postgres, "DROP DATABASE " + database + " WITH (FORCE)");
        Outcome outcome = new JsonMapper().readValue(Files.readString(result), Outcome.class);
        System.out.print(Report.lines(outcome));
        return outcome;
    }

    private static EmbeddedPostgres durable(Path data) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data.resolve("data"))
                .setCleanDataDirectory(true)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_wal_size", "2GB")
                .setServerConfig("max_connections", "200")
                .start();
    }

    private static long postmaster(Path data) throws IOException {
        try (Stream<String> lines = Files.lines(data.resolve("data").resolve("postmaster.pid"))) {
            return Long.parseLong(lines.findFirst().orElseThrow().trim());
        }
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private ProcessBuilder java(String name, String heap, Class<?> main) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        return new ProcessBuilder(command)
                .redirectError(target.resolve(name + ".err").toFile());
    }

    private static String address(BufferedReader broker) throws IOException {
        for (String line = broker.readLine(); line != null; line = broker.readLine()) {
            if (line.startsWith(Broker.READY)) {
                return line.substring(Broker.READY.length());
            }
        }
        throw new IllegalStateException("The broker did not start; see broker.err");
    }

    private void tell() throws IOException {
        Path json = target.resolve("outbox-bench.json");
        Files.writeString(
                json,
                JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(new Report(options, Report.medians(outcomes), outcomes)));
        System.out.print(Report.table(options, Report.medians(outcomes)));
        System.out.println("As JSON: " + json);
    }
}

package org.casewire.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.casewire.local.demo.DemoEvents;
import org.casewire.local.demo.DemoSite;
import org.casewire.local.kafka.Broker;
import org.casewire.local.postgres.Cluster;
import org.casewire.local.process.Part;
import org.casewire.local.process.Processes;
import org.casewire.local.process.Readiness;
import org.casewire.local.process.RunningPart;

/** The local stack with several instances of each service, each a process of its own, behind a balancer. */
final class Fleet implements AutoCloseable {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private final DataFolder data;
    private final Addresses addresses;
    private final Secrets secrets;
    private final Processes processes;
    private final Broker broker;
    private final Cluster postgres;
    private final Installation installation;
    private final Parts parts;
    private final Identity identity;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Map<String, Integer> ended = new ConcurrentHashMap<>();
    private final Map<Service, Balancer> balancers = new EnumMap<>(Service.class);
    private final Map<Service, Deque<Instance>> instances = new EnumMap<>(Service.class);
    private final AtomicInteger made = new AtomicInteger();
    private final int basePort = FreePorts.base();
    private RunningPart database;

    /** One process of a service. */
    record Instance(Service service, String name, int port, RunningPart running) {

        ProcessHandle process() {
            return ProcessHandle.of(running.pid()).orElseThrow();
        }
    }

    /** How an instance ended, and how long that took since it was asked to. */
    record End(int exitCode, Duration took) {}

    Fleet(Path folder) throws IOException, InterruptedException {
        data = DataFolder.kept(folder);
        data.take();
        addresses = new Addresses(basePort);
        secrets = new Secrets(folder.resolve("secrets.properties"));
        broker = new Broker(folder.resolve("kafka"), Port.KAFKA.above(basePort), Port.KAFKA_CONTROLLER.above(basePort));
        postgres = new Cluster(
                folder.resolve("postgres"),
                new Installation(ROOT).cache(),
                data.logs(),
                Port.POSTGRES.above(basePort),
                secrets.postgresPassword());
        processes = new Processes(folder, Parts.STOP_ORDER, (part, exitCode) -> ended.put(part.name(), exitCode));
        Settings settings =
                new Settings(folder.resolve("config"), addresses, broker, postgres.databases(), secrets, null);
        installation = PreparedJars.in(folder.resolve("installation"), ROOT);
        parts = new Parts(installation, data, addresses, settings, processes);
        identity = Identity.withKeyIn(folder.resolve("signing-keys.json"), addresses.frontDoor(), Clock.systemUTC());
    }

    /** Everything but the services; the balancers stand where the front door expects them. */
    void startSurroundings() throws Exception {
        for (Service service : Service.values()) {
            balancers.put(service, new Balancer(service.port.above(basePort)));
            instances.put(service, new ConcurrentLinkedDeque<>());
        }
        try (Together together = new Together()) {
            together.start(() -> processes
                    .start(broker.part(new Jvm(data.root())::main, data.log(Parts.KAFKA)))
                    .awaitReady());
            together.start(this::startPostgres);
            together.start(this::startTwin);
            together.start(() -> processes
                    .start(parts.frontDoor(data.root().resolve("signing-keys.json")))
                    .awaitReady());
            together.awaitAll();
        }
    }

    void startPostgres() throws Exception {
        database = postgres.start(processes);
        Map<String, String> passwords = new LinkedHashMap<>();
        for (Service service : Service.values()) {
            if (service.database != null) {
                passwords.put(service.database, secrets.databasePassword(service.database));
            }
        }
        postgres.databases().ensure(passwords);
    }

    void stopPostgres() {
        ProcessHandle server =
                ProcessHandle.of(Objects.requireNonNull(database).pid()).orElseThrow();
        server.destroy();
        await("PostgreSQL stops").atMost(Duration.ofSeconds(60)).until(() -> !server.isAlive());
    }

    /** A base backup of the database server, with the log of what was written meanwhile; it goes on working. */
    Path backUpPostgres() throws IOException, SQLException {
        Path server = postgresFolder();
        Path backup = server.resolveSibling("backup");
        try (Connection connection = superuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_backup_start('backup', fast => true)");
            copy(server, backup, path -> !path.startsWith(server.resolve("pg_wal")));
            try (ResultSet label = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
                assertThat(label.next()).isTrue();
                Files.writeString(backup.resolve("backup_label"), label.getString(1));
            }
            copy(server.resolve("pg_wal"), backup.resolve("pg_wal"), path -> true);
        }
        return backup;
    }

    /** Brings the database server, which is stopped, back to a backup. */
    void restorePostgres(Path backup) throws IOException {
        PathUtils.deleteDirectory(postgresFolder());
        copy(backup, postgresFolder(), path -> true);
    }

    private Path postgresFolder() {
        return data.root().resolve("postgres");
    }

    /** With owners and rights, which the server insists on; what it deletes meanwhile is not needed. */
    private static void copy(Path from, Path to, Predicate<Path> wanted) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (!wanted.test(folder)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.copy(folder, to.resolve(from.relativize(folder)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.endsWith("postmaster.pid")) {
                    try {
                        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                    } catch (NoSuchFileException gone) {
                        return FileVisitResult.CONTINUE;
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }

    /** Runs statements in a service's database, as its superuser. */
    void execute(Service service, String sql) throws IOException, SQLException {
        try (Connection connection = superuser(service);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What the topics take on the broker's disk, without their indexes. */
    long kafkaBytes() throws IOException {
        try (Stream<Path> files = Files.walk(data.root().resolve("kafka"))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .filter(file -> file.getParent().getFileName().toString().startsWith("sms."))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /** What the services' databases take. */
    long databaseBytes() throws IOException, SQLException {
        long bytes = 0;
        for (Service service : Service.values()) {
            if (service.database != null) {
                try (Connection connection = superuser(service);
                        Statement statement = connection.createStatement();
                        ResultSet size =
                                statement.executeQuery("SELECT pg_database_size('" + service.database + "')")) {
                    assertThat(size.next()).isTrue();
                    bytes += size.getLong(1);
                }
            }
        }
        return bytes;
    }

    private Connection superuser(Service service) throws IOException, SQLException {
        return superuser(String.valueOf(service.database));
    }

    private Connection superuser(String database) throws IOException, SQLException {
        String url = postgres.databases().jdbcUrl(database);
        return DriverManager.getConnection(url, postgres.databases().superuser(), secrets.postgresPassword());
    }

    /** With a number that is quick enough for a test. */
    private void startTwin() throws Exception {
        Part twin = parts.twin();
        Path config = data.root().resolve("config/twin.json");
        Files.writeString(
                config, Files.readString(config).replaceAll("\"ratePerSecond\" *: *1", "\"ratePerSecond\" : 100"));
        processes.start(twin).awaitReady();
    }

    void publishDemo() throws IOException, InterruptedException {
        DemoEvents.publish(broker.bootstrapServers());
    }

    /** Starts one more instance and lets it have its share when it is ready. */
    Instance start(Service service, String... arguments) throws IOException, InterruptedException {
        Part part;
        int number = made.incrementAndGet();
        int port = basePort + 100 + 2 * number;
        synchronized (parts) {
            part = parts.service(service);
            if (service == Service.OUTBOUND) {
                Path sites = data.root().resolve("config/sites.yaml");
                Files.writeString(sites, Files.readString(sites).replace("ratePerSecond: 1", "ratePerSecond: 30"));
            }
        }
        String name = service.title() + "-" + number;
        List<String> command = new ArrayList<>(part.command());
        command.add("--server.port=" + port);
        command.add("--management.server.port=" + (port + 1));
        command.add("--casewire.ingest.spool.directory=" + data.root().resolve("spool-" + name));
        command.addAll(List.of(arguments));
        URI ready = URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness");
        RunningPart running = processes.start(
                new Part(name, name, command, data.log(name), part.stopSignal(), Readiness.answering(http, ready)));
        processes.watch(running);
        running.awaitReady();
        balancers.get(service).add(port);
        Instance instance = new Instance(service, name, port, running);
        instances.get(service).add(instance);
        return instance;
    }

    /** Starts what is missing to so many instances of each service. */
    void ensureOfEach(int many) throws InterruptedException {
        for (int number = 1; number <= many; number++) {
            int wanted = number;
            try (Together together = new Together()) {
                instances.forEach((service, running) -> {
                    if (running.size() < wanted) {
                        together.start(() -> start(service));
                    }
                });
                together.awaitAll();
            }
        }
    }

    /** Stops all instances of all services, in good order. */
    void stopServices() throws InterruptedException {
        try (Together together = new Together()) {
            instances.values().stream()
                    .flatMap(Collection::stream)
                    .toList()
                    .forEach(instance ->
                            together.start(() -> assertThat(stop(instance).exitCode())
                                    .as(instance.name())
                                    .isIn(0, 143)));
            together.awaitAll();
        }
    }

    boolean isPrepared(Service service) throws IOException {
        return PreparedJars.isPrepared(installation.jar(service));
    }

    /** All that an instance wrote. */
    String said(Instance instance) throws IOException {
        return Files.readString(data.log(instance.name()));
    }

    /** The one that has run for the longest. */
    Instance oldest(Service service) {
        return instances.get(service).getFirst();
    }

    /** Takes its share away, then asks it to stop. */
    End stop(Instance instance) {
        balancers.get(instance.service()).remove(instance.port());
        return end(instance, instance.process()::destroy);
    }

    /** Gives it no time for anything. */
    End kill(Instance instance) {
        End end = end(instance, instance.process()::destroyForcibly);
        balancers.get(instance.service()).remove(instance.port());
        return end;
    }

    private End end(Instance instance, Runnable signal) {
        Instant asked = Instant.now();
        instances.get(instance.service()).remove(instance);
        signal.run();
        await(instance.name() + " stops")
                .atMost(Duration.ofSeconds(60))
                .until(() -> ended.containsKey(instance.name()));
        return new End(ended.get(instance.name()), Duration.between(asked, Instant.now()));
    }

    /** Waits until the group's members together have every partition of the topic. */
    void awaitAllPartitionsRead(String group, String topic, Duration patience) {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka()))) {
            await(group + " reads all of " + topic).atMost(patience).untilAsserted(() -> {
                Set<Integer> read = new HashSet<>();
                admin.describeConsumerGroups(List.of(group))
                        .all()
                        .get()
                        .get(group)
                        .members()
                        .forEach(member -> member.assignment().topicPartitions().stream()
                                .filter(partition -> partition.topic().equals(topic))
                                .map(TopicPartition::partition)
                                .forEach(read::add));
                assertThat(read).hasSize(12);
            });
        }
    }

    /** Those that ended without being asked to, by name. */
    Map<String, Integer> ended() {
        return ended;
    }

    String kafka() {
        return broker.bootstrapServers();
    }

    String frontDoor() {
        return addresses.frontDoor();
    }

    String twin() {
        return addresses.twin();
    }

    String token(String subject, String role) {
        return identity.token(subject, DemoSite.SITE, role);
    }

    HttpClient http() {
        return http;
    }

    @Override
    public void close() throws IOException {
        processes.stop();
        for (Balancer balancer : balancers.values()) {
            balancer.close();
        }
    }
}

package org.casewire.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.casewire.local.StackDescription.Pids;
import org.casewire.local.StackDescription.Postgres;
import org.casewire.local.StackDescription.ServiceAddress;
import org.casewire.local.StackDescription.Tokens;
import org.casewire.local.StackDescription.Twilio;
import org.casewire.local.StackDescription.Users;
import org.casewire.local.demo.DemoEvents;
import org.casewire.local.demo.DemoSite;
import org.casewire.local.kafka.Broker;
import org.casewire.local.postgres.Cluster;
import org.casewire.local.postgres.Databases;
import org.casewire.local.process.Part;
import org.casewire.local.process.Processes;
import org.casewire.local.process.RunningPart;
import org.jspecify.annotations.Nullable;

/** Everything that runs, from the first process to the last. */
final class Stack {

    private final Installation installation;
    private final DataFolder data;
    private final Addresses addresses;
    private final Path stackFile;
    private final @Nullable String traces;
    private final Progress progress;
    private final Secrets secrets;
    private final Broker broker;
    private final Cluster postgres;
    private final Processes processes;
    private final Map<String, RunningPart> running = new ConcurrentHashMap<>();

    /** @param data a folder that is taken already */
    Stack(
            Installation installation,
            DataFolder data,
            int basePort,
            Path stackFile,
            @Nullable String traces,
            Progress progress)
            throws IOException {
        this.installation = installation;
        this.data = data;
        this.addresses = new Addresses(basePort);
        this.stackFile = stackFile;
        this.traces = traces;
        this.progress = progress;
        this.secrets = new Secrets(data.root().resolve("secrets.properties"));
        this.broker = new Broker(
                data.root().resolve("kafka"), Port.KAFKA.above(basePort), Port.KAFKA_CONTROLLER.above(basePort));
        this.postgres = new Cluster(
                data.root().resolve("postgres"),
                installation.cache(),
                data.logs(),
                Port.POSTGRES.above(basePort),
                secrets.postgresPassword());
        this.processes = new Processes(data.root(), Parts.STOP_ORDER, this::tellOfEnd);
    }

    /** Starts everything and returns when all of it can be used. */
    StackDescription start() throws IOException, InterruptedException {
        Files.deleteIfExists(stackFile);
        Parts parts = new Parts(installation, data, addresses, settings(), processes);
        try (Together together = new Together()) {
            Together.Task kafka = together.start(this::startKafka);
            Together.Task database = together.start(this::startPostgres);
            together.start(() -> start(parts.twin(), addresses.twin() + "/twin/"));
            Identity identity = Identity.withKeyIn(signingKeys(), addresses.frontDoor(), Clock.systemUTC());
            together.start(() -> start(parts.frontDoor(signingKeys()), addresses.frontDoor()));
            for (Service service : Service.values()) {
                Together.Task layout = together.start(() -> parts.layOut(service));
                together.startAfter(
                        List.of(kafka, database, layout), () -> start(parts.service(service), addresses.of(service)));
            }
            Tokens tokens = tokens(identity);
            together.awaitAll();
            publishDemo();
            StackDescription description = describe(tokens);
            DataFolder.writePrivately(stackFile, description.json());
            return description;
        }
    }

    private Settings settings() {
        return new Settings(data.root().resolve("config"), addresses, broker, postgres.databases(), secrets, traces);
    }

    String summary(StackDescription description) throws IOException {
        return Summary.of(description, stackFile, secrets, installation.root(), progress.elapsed());
    }

    /** Stops what a killed run left on this data folder. */
    static void stopLeftovers(DataFolder data, Progress progress) {
        List<String> leftovers = new Processes(data.root(), Parts.STOP_ORDER, (part, exitCode) -> {}).stopLeftovers();
        if (!leftovers.isEmpty()) {
            progress.say("Stopped what a run that was killed had left: " + String.join(", ", leftovers));
        }
    }

    boolean isStopping() {
        return processes.isStopping();
    }

    void stop() throws IOException {
        processes.stop();
        Files.deleteIfExists(stackFile);
    }

    private void startKafka() throws IOException, InterruptedException {
        start(broker.part(new Jvm(data.root())::main, data.log(Parts.KAFKA)), broker.bootstrapServers());
    }

    private void startPostgres() throws IOException, InterruptedException, SQLException {
        long began = System.nanoTime();
        RunningPart server = postgres.start(processes);
        Map<String, String> passwords = new LinkedHashMap<>();
        for (Service service : Service.values()) {
            if (service.database != null) {
                passwords.put(service.database, secrets.databasePassword(service.database));
            }
        }
        postgres.databases().ensure(passwords);
        ready(server, "127.0.0.1:" + addresses.port(Port.POSTGRES), Duration.ofNanos(System.nanoTime() - began));
    }

    private void start(Part part, String where) throws InterruptedException {
        RunningPart started = processes.start(part);
        ready(started, where, started.awaitReady());
    }

    private void ready(RunningPart part, String where, Duration took) {
        running.put(part.part().name(), part);
        processes.watch(part);
        progress.ready(part.part().label(), where, took);
    }

    private void tellOfEnd(Part part, int exitCode) {
        progress.say(part.label() + " ended with exit code " + exitCode + "; the rest goes on without it. Its log: "
                + part.log()
                + "\n          It is not started again: stop the stack and start it with the same --data.");
    }

    /** Once per data folder; the upstream's snapshots are the same every time, so a second try does no harm. */
    private void publishDemo() throws IOException, InterruptedException {
        Path done = data.root().resolve("demo-published");
        if (!Files.exists(done)) {
            DemoEvents.publish(broker.bootstrapServers());
            Files.createFile(done);
        }
    }

    private static Tokens tokens(Identity identity) {
        return new Tokens(
                identity.token(DemoSite.STAFF, DemoSite.SITE, "staff"),
                identity.token(DemoSite.ADMIN, DemoSite.SITE, "admin"),
                identity.token(DemoSite.UPSTREAM, DemoSite.SITE, "service"),
                identity.token("operator", "*", "operator"));
    }

    private StackDescription describe(Tokens tokens) throws IOException {
        Map<String, ServiceAddress> services = new LinkedHashMap<>();
        for (Service service : Service.values()) {
            services.put(service.title(), new ServiceAddress(addresses.of(service), pid(service.title())));
        }
        Databases databases = postgres.databases();
        return new StackDescription(
                addresses.frontDoor(),
                addresses.frontDoor(),
                services,
                new Pids(
                        ProcessHandle.current().pid(),
                        pid(Parts.KAFKA),
                        pid(Parts.POSTGRES),
                        pid(Parts.TWIN),
                        pid(Parts.FRONT_DOOR)),
                data.logs().toString(),
                broker.bootstrapServers(),
                new Postgres(
                        databases.url("postgres"),
                        databases.jdbcUrl("postgres"),
                        databases.superuser(),
                        secrets.postgresPassword()),
                new Twilio(addresses.twin(), secrets.twilioAccountSid(), secrets.twilioAuthToken(), DemoSite.NUMBER),
                tokens,
                new Users(DemoSite.STAFF, DemoSite.ADMIN));
    }

    private Path signingKeys() {
        return data.root().resolve("signing-keys.json");
    }

    private long pid(String name) {
        return Objects.requireNonNull(running.get(name), name).pid();
    }
}

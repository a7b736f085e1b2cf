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
import org.casewire.local.demo.DemoEvents;
import org.casewire.local.demo.DemoSite;
import org.casewire.local.kafka.Broker;
import org.casewire.local.postgres.Cluster;
import org.casewire.local.process.Part;
import org.casewire.local.process.Processes;
import org.casewire.local.process.RunningPart;

/** Everything that runs, from the first process to the last. */
final class Stack {

    private final Installation installation;
    private final DataFolder data;
    private final Addresses addresses;
    private final Path stackFile;
    private final Progress progress;
    private final Secrets secrets;
    private final Broker broker;
    private final Cluster postgres;
    private final Processes processes;
    private final Map<String, RunningPart> running = new ConcurrentHashMap<>();

    /** @param data a folder that is taken already */
    Stack(Installation installation, DataFolder data, int basePort, Path stackFile, Progress progress)
            throws IOException {
        this.installation = installation;
        this.data = data;
        this.addresses = new Addresses(basePort);
        this.stackFile = stackFile;
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
        try (Together together = new Together()) {
            Together.Task kafka = together.start(this::startKafka);
            Together.Task database = together.start(this::startPostgres);
            Identity identity = Identity.withKeyIn(signingKeys(), addresses.frontDoor(), Clock.systemUTC());
            Parts parts = new Parts(
                    installation,
                    data,
                    addresses,
                    new Settings(data.root().resolve("config"), addresses, broker, postgres.databases(), secrets));
            together.start(() -> start(parts.twin(), addresses.twin() + "/twin/"));
            together.start(() -> start(parts.frontDoor(signingKeys()), addresses.frontDoor()));
            for (Service service : Service.values()) {
                together.startAfter(
                        List.of(kafka, database), () -> start(parts.service(service), addresses.of(service)));
            }
            together.awaitAll();
            publishDemo();
            StackDescription description = describe(identity);
            DataFolder.writePrivately(stackFile, description.json());
            return description;
        }
    }

    String summary(StackDescription description) throws IOException {
        return Summary.of(description, stackFile, secrets, installation.root(), progress.elapsed());
    }

    /** Stops what a killed run left on this data folder. */
    void stopLeftovers() {
        List<String> leftovers = processes.stopLeftovers();
        if (!leftovers.isEmpty()) {
            progress.say("Stopped what a run that was killed had left: " + String.join(", ", leftovers));
        }
    }

    void stop() throws IOException {
        processes.stop();
        Files.deleteIfExists(stackFile);
    }

    private void startKafka() throws IOException, InterruptedException {
        start(broker.part(Jvm.ownClassPath(), data.log(Parts.KAFKA)), broker.bootstrapServers());
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
        progress.say("%s ended with exit code %d; the rest goes on without it. Its log: %s%n%s"
                .formatted(
                        part.label(),
                        exitCode,
                        part.log(),
                        "          It is not started again: stop the stack, and start it again with the same --data."));
    }

    /** Once per data folder; the upstream's snapshots are the same every time, so a second try does no harm. */
    private void publishDemo() throws IOException, InterruptedException {
        Path done = data.root().resolve("demo-published");
        if (!Files.exists(done)) {
            DemoEvents.publish(broker.bootstrapServers());
            Files.createFile(done);
        }
    }

    private StackDescription describe(Identity identity) throws IOException {
        Map<String, StackDescription.ServiceAddress> services = new LinkedHashMap<>();
        for (Service service : Service.values()) {
            services.put(
                    service.title(), new StackDescription.ServiceAddress(addresses.of(service), pid(service.title())));
        }
        Map<String, Long> pids = new LinkedHashMap<>();
        pids.put("runner", ProcessHandle.current().pid());
        pids.put("kafka", pid(Parts.KAFKA));
        pids.put("postgres", pid(Parts.POSTGRES));
        pids.put("twin", pid(Parts.TWIN));
        pids.put("frontDoor", pid(Parts.FRONT_DOOR));
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("staff", identity.token(DemoSite.STAFF, DemoSite.SITE, "staff"));
        tokens.put("admin", identity.token(DemoSite.ADMIN, DemoSite.SITE, "admin"));
        tokens.put("service", identity.token("demo-upstream", DemoSite.SITE, "service"));
        tokens.put("operator", identity.token("operator", "*", "operator"));
        Map<String, String> users = new LinkedHashMap<>();
        users.put("staff", DemoSite.STAFF);
        users.put("admin", DemoSite.ADMIN);
        return new StackDescription(
                addresses.frontDoor(),
                addresses.frontDoor(),
                services,
                pids,
                data.logs(),
                broker.bootstrapServers(),
                new StackDescription.Postgres(
                        postgres.databases().url("postgres"),
                        postgres.databases().jdbcUrl("postgres"),
                        postgres.databases().superuser(),
                        secrets.postgresPassword()),
                new StackDescription.Twilio(
                        addresses.twin(), secrets.twilioAccountSid(), secrets.twilioAuthToken(), DemoSite.NUMBER),
                tokens,
                users);
    }

    private Path signingKeys() {
        return data.root().resolve("signing-keys.json");
    }

    private long pid(String name) {
        return Objects.requireNonNull(running.get(name), name).pid();
    }
}

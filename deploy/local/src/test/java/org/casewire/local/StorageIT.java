package org.casewire.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.casewire.local.cache.Cache;
import org.casewire.local.kafka.Broker;
import org.casewire.local.postgres.Cluster;
import org.casewire.local.process.Processes;
import org.casewire.local.process.RunningPart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker and the database server, for real, over the end of a run. */
class StorageIT {

    private static final Cache CACHE = new Cache(Path.of("target/cache").toAbsolutePath());
    private static final String ROLE = "casewire_routing";

    @TempDir
    Path temporary;

    private Path data;
    private Processes processes;
    private Broker broker;
    private Cluster postgres;

    @BeforeEach
    void startOnEmptyData() throws IOException {
        data = Files.createDirectory(temporary.toRealPath().resolve("a folder"));
        newRun();
    }

    @AfterEach
    void stop() {
        processes.stop();
    }

    @Test
    void whatTheBrokerAcknowledgedIsThereAfterARestartOnOtherPorts() throws Exception {
        startBroker();
        try (Admin admin = Admin.create(bootstrap())) {
            admin.createTopics(List.of(new NewTopic("sms.cases", 12, (short) 1)))
                    .all()
                    .get();
        }
        try (var producer = new KafkaProducer<>(bootstrap(), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("sms.cases", 3, "demo|CASE|1", "{\"title\":\"Räumung 🏠\"}"))
                    .get();
        }

        processes.stop();
        newRun();
        startBroker();

        assertThat(read(new TopicPartition("sms.cases", 3))).containsExactly("{\"title\":\"Räumung 🏠\"}");
    }

    @Test
    void theBrokerMakesNoTopicByItself() throws Exception {
        startBroker();

        try (Admin admin = Admin.create(bootstrap())) {
            assertThatThrownBy(() -> admin.describeTopics(List.of("sms.typo"))
                            .allTopicNames()
                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void whatTheDatabaseCommittedIsThereAfterARestart() throws Exception {
        startPostgres();
        execute("CREATE TABLE reply (body text)", "INSERT INTO reply VALUES ('مرحبا 👋')");

        processes.stop();
        newRun();
        startPostgres();

        assertThat(select("SELECT body FROM reply")).isEqualTo("مرحبا 👋");
        assertThat(select("SHOW server_version")).startsWith("18.");
    }

    @Test
    void whatTheDatabaseCommittedIsThereAfterTheServerWasKilled() throws Exception {
        RunningPart server = startPostgres();
        execute("CREATE TABLE reply (body text)", "INSERT INTO reply VALUES ('kept')");

        ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
        newRun();
        startPostgres();

        assertThat(select("SELECT body FROM reply")).isEqualTo("kept");
    }

    @Test
    void theDatabaseServerLogsNoStatementAndNoValue() throws Exception {
        startPostgres();
        execute("CREATE TABLE reply (body text PRIMARY KEY)", "INSERT INTO reply VALUES ('a secret text')");

        assertThatThrownBy(() -> execute("INSERT INTO reply VALUES ('a secret text')"))
                .isInstanceOf(SQLException.class);

        assertThat(data.resolve("logs/postgres.log"))
                .content()
                .contains("duplicate key")
                .doesNotContain("a secret text")
                .doesNotContain("INSERT");
    }

    @Test
    void aRoleReachesItsOwnDatabaseOnlyAndWithItsPasswordOnly() throws Exception {
        startPostgres();
        postgres.databases().ensure(Map.of("casewire_outbound", "other"));

        assertThat(select("SELECT current_user")).isEqualTo(ROLE);
        assertThatThrownBy(
                        () -> DriverManager.getConnection(postgres.databases().jdbcUrl(ROLE), ROLE, "wrong"))
                .hasMessageContaining("password authentication failed");
        assertThatThrownBy(() ->
                        DriverManager.getConnection(postgres.databases().jdbcUrl("casewire_outbound"), ROLE, "right"))
                .hasMessageContaining("permission denied");
    }

    private void newRun() {
        int base = FreePorts.base();
        processes = new Processes(data, Parts.STOP_ORDER, (part, exitCode) -> {});
        broker = new Broker(data.resolve("kafka"), Port.KAFKA.above(base), Port.KAFKA_CONTROLLER.above(base));
        postgres = new Cluster(
                data.resolve("postgres"), CACHE, data.resolve("logs"), Port.POSTGRES.above(base), "superuser's");
    }

    private void startBroker() throws Exception {
        processes
                .start(broker.part(new Jvm(data)::main, data.resolve("logs/kafka.log")))
                .awaitReady();
    }

    private RunningPart startPostgres() throws Exception {
        RunningPart server = postgres.start(processes);
        postgres.databases().ensure(Map.of(ROLE, "right"));
        return server;
    }

    private Map<String, Object> bootstrap() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    private List<String> read(TopicPartition partition) {
        try (var consumer = new KafkaConsumer<>(bootstrap(), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return StreamSupport.stream(consumer.poll(Duration.ofSeconds(10)).spliterator(), false)
                    .map(ConsumerRecord::value)
                    .toList();
        }
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private String select(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres.databases().jdbcUrl(ROLE), ROLE, "right");
    }
}

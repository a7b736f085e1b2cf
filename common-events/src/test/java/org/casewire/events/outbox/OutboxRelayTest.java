package org.casewire.events.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.casewire.events.testing.RealParts;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.WithRealParts;
import org.casewire.events.transport.tracing.Tracing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;
import org.springframework.transaction.support.TransactionTemplate;

/** The relay against a real database and a real broker, without a service around it that would relay too. */
@WithRealParts
class OutboxRelayTest {

    private static final String TOPIC = "relay-test";
    private static final OutboxProperties PROPERTIES =
            new OutboxProperties(Duration.ofMillis(5), Duration.ofMillis(20), 25);

    private final List<OutboxRelay> relays = new ArrayList<>();
    private final List<DefaultKafkaProducerFactory<String, byte[]>> producers = new ArrayList<>();
    private JdbcTemplate jdbc;
    private TransactionTemplate transactions;

    @BeforeAll
    static void makeTopic() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", RealParts.kafka()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 3, (short) 1))).all().get();
        }
    }

    @BeforeEach
    void makeOutbox() {
        DriverManagerDataSource database = new DriverManagerDataSource(RealParts.newDatabase(), "postgres", "postgres");
        org.flywaydb.core.Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/common")
                .load()
                .migrate();
        jdbc = new JdbcTemplate(database);
        transactions = new TransactionTemplate(new DataSourceTransactionManager(database));
    }

    @AfterEach
    void stop() {
        relays.stream().filter(OutboxRelay::isRunning).forEach(OutboxRelay::stop);
        producers.forEach(DefaultKafkaProducerFactory::destroy);
    }

    private DefaultKafkaProducerFactory<String, byte[]> producerTo(String broker) {
        DefaultKafkaProducerFactory<String, byte[]> made = new DefaultKafkaProducerFactory<>(
                Map.of("bootstrap.servers", broker, "acks", "all", "max.block.ms", 300),
                new StringSerializer(),
                new ByteArraySerializer());
        producers.add(made);
        return made;
    }

    private OutboxRelay relayTo(KafkaTemplate<String, byte[]> kafka) {
        return relayTo(kafka, PROPERTIES);
    }

    private OutboxRelay relayTo(KafkaTemplate<String, byte[]> kafka, OutboxProperties properties) {
        OutboxRelay relay =
                new OutboxRelay(jdbc, transactions, kafka, properties, new SimpleMeterRegistry(), Tracing.off());
        relays.add(relay);
        return relay;
    }

    private OutboxRelay relay() {
        return relayTo(new KafkaTemplate<>(producerTo(RealParts.kafka())));
    }

    private void append(String key, int from, int count) {
        transactions.executeWithoutResult(transaction -> {
            for (int i = from; i < from + count; i++) {
                jdbc.update(
                        "INSERT INTO outbox (topic, record_key, header_names, header_values, payload)"
                                + " VALUES (?, ?, '{ce_id}', ARRAY[?], ?)",
                        TOPIC,
                        key,
                        key + i,
                        Integer.toString(i).getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private long waiting() {
        return jdbc.queryForObject("SELECT count(*) FROM outbox", Long.class);
    }

    private static List<String> published(String key, int atLeast) {
        return TestLog.await(TOPIC, atLeast, entry -> entry.key().equals(key)).stream()
                .map(entry -> new String(entry.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> numbers(int until) {
        return IntStream.range(0, until).mapToObj(Integer::toString).toList();
    }

    @Test
    void eventsWaitWhileTheBrokerDoesNotAnswerAndThenLeaveInOrder() throws InterruptedException {
        append("away", 0, 5);
        OutboxRelay toNowhere = relayTo(new KafkaTemplate<>(producerTo("127.0.0.1:1")));
        assertThatThrownBy(toNowhere::relayOnce).isInstanceOf(RuntimeException.class);
        assertThat(waiting()).isEqualTo(5);

        append("away", 5, 5);
        assertThat(relay().relayOnce()).isEqualTo(10);
        assertThat(waiting()).isZero();
        assertThat(published("away", 10)).isEqualTo(numbers(10));
    }

    /** A broker that refuses the third record once: the two before it are there already. */
    private final class RefusesOnce extends KafkaTemplate<String, byte[]> {

        private int sent;

        RefusesOnce() {
            super(producerTo(RealParts.kafka()));
        }

        @Override
        public CompletableFuture<SendResult<String, byte[]>> send(ProducerRecord<String, byte[]> message) {
            return ++sent == 3
                    ? CompletableFuture.failedFuture(new org.apache.kafka.common.errors.TimeoutException("no answer"))
                    : super.send(message);
        }
    }

    @Test
    void aBatchOfWhichOneEventWasRefusedLeavesAgainWhole() throws InterruptedException {
        append("refused", 0, 4);
        OutboxRelay relay = relayTo(new RefusesOnce());
        assertThatThrownBy(relay::relayOnce).hasRootCauseMessage("no answer");
        assertThat(waiting()).isEqualTo(4);

        assertThat(relay.relayOnce()).isEqualTo(4);
        List<String> all = published("refused", 7);
        assertThat(all).containsExactly("0", "1", "3", "0", "1", "2", "3");
        assertThat(waiting()).isZero();
    }

    @Test
    void aRunningRelayGoesOnByItselfOnceTheBrokerAnswers() {
        relayTo(new RefusesOnce()).start();
        append("resumes", 0, 4);
        assertThat(published("resumes", 7)).endsWith("0", "1", "2", "3");
    }

    @Test
    void severalRelaysOnOneDatabaseKeepTheOrderOfEveryKeyAndSendNothingTwice() throws Exception {
        relay().start();
        relay().start();
        relay().start();
        List<Future<?>> writers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (String key : List.of("a", "b", "c", "d")) {
                writers.add(threads.submit(() -> {
                    for (int batch = 0; batch < 30; batch++) {
                        append("rivals-" + key, batch * 5, 5);
                    }
                }));
            }
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        for (String key : List.of("a", "b", "c", "d")) {
            assertThat(published("rivals-" + key, 150)).as(key).isEqualTo(numbers(150));
        }
        assertThat(waiting()).isZero();
    }

    @Test
    void largeEventsLeaveInSmallerBatches() throws InterruptedException {
        transactions.executeWithoutResult(transaction -> {
            for (int i = 0; i < 20; i++) {
                jdbc.update(
                        "INSERT INTO outbox (topic, record_key, header_names, header_values, payload)"
                                + " VALUES (?, 'large', '{}', '{}', ?)",
                        TOPIC,
                        new byte[900_000]);
            }
        });
        OutboxRelay relay = relay();
        assertThat(relay.relayOnce()).isEqualTo(9);
        assertThat(relay.relayOnce()).isEqualTo(9);
        assertThat(relay.relayOnce()).isEqualTo(2);
        assertThat(relay.relayOnce()).isZero();
    }

    @Test
    void whatHasLeftIsSweptAwayBeforeItLiesInTheWay() throws InterruptedException {
        jdbc.execute("ALTER TABLE outbox SET (autovacuum_enabled = false)");
        jdbc.update("INSERT INTO outbox (topic, record_key, header_names, header_values, payload)" + " SELECT '" + TOPIC
                + "', 'swept', '{}', '{}', '' FROM generate_series(1, 20000)");
        OutboxProperties large = new OutboxProperties(Duration.ofMillis(5), Duration.ofMillis(20), 5_000);
        OutboxRelay relay = relayTo(new KafkaTemplate<>(producerTo(RealParts.kafka())), large);
        for (int batch = 0; batch < 4; batch++) {
            assertThat(relay.relayOnce()).isEqualTo(5_000);
        }
        await().untilAsserted(() -> assertThat(jdbc.queryForObject(
                        "SELECT vacuum_count FROM pg_stat_user_tables WHERE relname = 'outbox'", Long.class))
                .isEqualTo(1));
    }
}

package org.casewire.events.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** The broker and the database that all tests of a JVM share, and what a service must be told to use them. */
public final class RealParts implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    static {
        // Where no service set its own levels yet, the broker would tell its whole life.
        LoggingSystem.get(RealParts.class.getClassLoader()).setLogLevel("ROOT", LogLevel.WARN);
    }

    private static final class Broker {
        static final EmbeddedKafkaKraftBroker KAFKA = started();

        private static EmbeddedKafkaKraftBroker started() {
            EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);
            broker.brokerProperty("auto.create.topics.enable", "false");
            broker.brokerProperty("offsets.topic.num.partitions", "1");
            broker.brokerProperty("group.initial.rebalance.delay.ms", "0");
            broker.afterPropertiesSet();
            return broker;
        }
    }

    private static final class Database {
        static final EmbeddedPostgres POSTGRES = started();

        private static EmbeddedPostgres started() {
            try {
                // Losing a crash's last commits is no matter here; a hostile zone is.
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("timezone", "America/Los_Angeles")
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    /** {@code host:port} of the broker. */
    public static String kafka() {
        return Broker.KAFKA.getBrokersAsString();
    }

    /** JDBC address of a new, empty database. */
    public static String newDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = Database.POSTGRES.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return Database.POSTGRES.getJdbcUrl("postgres", name);
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of(
                        "spring.kafka.bootstrap-servers=" + kafka(),
                        "spring.datasource.url=" + newDatabase(),
                        "spring.datasource.username=postgres",
                        "spring.datasource.password=postgres",
                        "management.server.port=0",
                        "casewire.topics.partitions=3",
                        "casewire.oidc.issuer=" + TestTokens.issuer(),
                        "logging.structured.format.console=")
                .applyTo(context);
    }
}

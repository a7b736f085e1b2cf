package org.casewire.events.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** The broker and the database that all tests of a JVM share, and what a service must be told to use them. */
public final class RealParts implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static final class Shared {
        static final Parts PARTS = Parts.chosen();

        static {
            quiet();
        }
    }

    private static final class Kafka {
        static final Parts.Broker BROKER = Shared.PARTS.startBroker();
    }

    private static final class Postgres {
        static final Parts.Server SERVER = Shared.PARTS.startServer();
    }

    /** Where no service set its own levels yet, the broker and the engine's client would tell their whole life. */
    static void quiet() {
        LoggingSystem logging = LoggingSystem.get(RealParts.class.getClassLoader());
        logging.setLogLevel("ROOT", LogLevel.WARN);
        logging.setLogLevel("org.testcontainers", LogLevel.OFF);
    }

    /** {@code host:port} of the broker. */
    public static String kafka() {
        return Kafka.BROKER.address();
    }

    /** A broker of the test's own, to be closed by it. */
    public static OwnBroker ownBroker() {
        return new OwnBroker(Shared.PARTS.startBroker());
    }

    /** A broker that one test alone uses. */
    public static final class OwnBroker implements AutoCloseable {
        private final Parts.Broker broker;

        private OwnBroker(Parts.Broker broker) {
            this.broker = broker;
        }

        /** {@code host:port} of it. */
        public String address() {
            return broker.address();
        }

        @Override
        public void close() {
            broker.close();
        }
    }

    /** JDBC address of a new, empty database. */
    public static String newDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(Postgres.SERVER.database("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return Postgres.SERVER.database(name);
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

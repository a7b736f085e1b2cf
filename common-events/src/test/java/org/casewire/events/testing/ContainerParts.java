package org.casewire.events.testing;

import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** The published images, as an operator runs them. */
final class ContainerParts implements Parts {

    @Override
    public Broker startBroker() {
        KafkaContainer kafka = new KafkaContainer(image("kafka", "apache/kafka"))
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "1")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
        kafka.start();
        return new Contained(kafka);
    }

    @Override
    public Server startServer() {
        PostgreSQLContainer postgres = new PostgreSQLContainer(image("postgres", "postgres"))
                .withUsername("postgres")
                .withPassword("postgres")
                .withCommand(
                        "postgres",
                        "-c",
                        "fsync=off",
                        "-c",
                        "timezone=America/Los_Angeles",
                        "-c",
                        "max_connections=200");
        postgres.start();
        return new Server(postgres.getHost() + ":" + postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT));
    }

    private static DockerImageName image(String part, String published) {
        return DockerImageName.parse(System.getProperty("casewire.test." + part + "-image"))
                .asCompatibleSubstituteFor(published);
    }

    private record Contained(KafkaContainer kafka) implements Broker {
        @Override
        public String address() {
            return kafka.getBootstrapServers();
        }

        @Override
        public void close() {
            kafka.stop();
        }
    }
}

package org.casewire.events.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** A broker inside this JVM and PostgreSQL 18 as its child: nothing needs to be installed. */
final class EmbeddedParts implements Parts {

    @Override
    public Broker startBroker() {
        EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);
        broker.brokerProperty("auto.create.topics.enable", "false");
        broker.brokerProperty("offsets.topic.num.partitions", "1");
        broker.brokerProperty("group.initial.rebalance.delay.ms", "0");
        broker.afterPropertiesSet();
        return new Embedded(broker);
    }

    @Override
    public Server startServer() {
        try {
            // Losing a crash's last commits is no matter here; a hostile zone is.
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("timezone", "America/Los_Angeles")
                    .setServerConfig("max_connections", "200")
                    .start();
            return new Server("localhost:" + postgres.getPort());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private record Embedded(EmbeddedKafkaKraftBroker broker) implements Broker {
        @Override
        public String address() {
            return broker.getBrokersAsString();
        }

        @Override
        public void close() {
            broker.destroy();
        }
    }
}

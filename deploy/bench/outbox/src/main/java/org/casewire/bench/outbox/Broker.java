package org.casewire.bench.outbox;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.casewire.events.Topics;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** A Kafka broker in a process of its own; it lives as long as its standard input. */
final class Broker {

    static final String READY = "broker: ";

    private Broker() {}

    public static void main(String[] args) throws Exception {
        EmbeddedKafkaKraftBroker kafka = new EmbeddedKafkaKraftBroker(1, 12);
        kafka.brokerProperty("auto.create.topics.enable", "false");
        kafka.brokerProperty("offsets.topic.num.partitions", "1");
        kafka.afterPropertiesSet();
        makeTopic(kafka.getBrokersAsString());
        System.out.println(READY + kafka.getBrokersAsString());
        awaitEndOfInput();
        kafka.destroy();
        System.exit(0);
    }

    private static void makeTopic(String address) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            NewTopic outbound = new NewTopic(Topics.OUTBOUND, Optional.of(12), Optional.of((short) 1));
            admin.createTopics(java.util.List.of(outbound)).all().get();
        }
    }

    private static void awaitEndOfInput() throws IOException {
        int read = System.in.read();
        while (read >= 0) {
            read = System.in.read();
        }
    }
}

package org.casewire.ingest.quarantine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The topic the quarantine is kept on, so that every instance shows the same and a restart forgets nothing. */
@Component
class QuarantineLog {

    static final String TOPIC = "sms.quarantine";

    private static final Logger log = LoggerFactory.getLogger(QuarantineLog.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long BEFORE_AGAIN_MS = 1_000;

    private final KafkaAdmin admin;
    private final ConsumerFactory<String, byte[]> consumers;
    private final KafkaOperations<String, byte[]> kafka;
    private final QuarantineProperties properties;
    private final int replicas;
    private volatile CountDownLatch stopped = new CountDownLatch(0);

    QuarantineLog(
            KafkaAdmin admin,
            ConsumerFactory<String, byte[]> consumers,
            KafkaOperations<String, byte[]> kafka,
            QuarantineProperties properties,
            @Value("${casewire.topics.replication-factor:-1}") int replicas) {
        this.admin = admin;
        this.consumers = consumers;
        this.kafka = kafka;
        this.properties = properties;
        this.replicas = replicas;
    }

    /** Hands over all that is on the topic, then what is added, until the service stops. */
    void follow(Consumer<Kept> shelf) {
        CountDownLatch until = new CountDownLatch(1);
        stopped = until;
        Thread.ofVirtual().name("quarantine-log").start(() -> readUntil(until, shelf));
    }

    void stop() {
        stopped.countDown();
    }

    /** Best effort: Twilio has had its answer. */
    void append(Kept kept) {
        kafka.send(new ProducerRecord<>(TOPIC, kept.site(), JSON.writeValueAsBytes(kept)));
    }

    private void readUntil(CountDownLatch until, Consumer<Kept> shelf) {
        boolean warned = false;
        while (until.getCount() > 0) {
            try {
                make();
                read(until, shelf);
            } catch (InterruptException stop) {
                return;
            } catch (RuntimeException failure) {
                (warned ? log.atDebug() : log.atWarn())
                        .addKeyValue("topic", TOPIC)
                        .addKeyValue("failure", failure.getClass().getSimpleName())
                        .log("The quarantine cannot be read; trying until it can");
                warned = true;
            }
            pause(until);
        }
    }

    private static void pause(CountDownLatch until) {
        try {
            boolean stop = until.await(BEFORE_AGAIN_MS, TimeUnit.MILLISECONDS);
            log.atTrace().addKeyValue("stop", stop).log("Looking at the quarantine again");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void make() {
        admin.createOrModifyTopics(TopicBuilder.name(TOPIC)
                .partitions(1)
                .replicas(replicas)
                .configs(Map.of(
                        "cleanup.policy",
                        "delete",
                        "retention.ms",
                        Long.toString(properties.keep().toMillis()),
                        "retention.bytes",
                        Long.toString(2 * properties.size().toBytes()),
                        "segment.bytes",
                        Long.toString(Math.max(1 << 20, properties.size().toBytes() / 4))))
                .build());
    }

    private void read(CountDownLatch until, Consumer<Kept> shelf) {
        try (var consumer = consumers.createConsumer()) {
            List<TopicPartition> partitions = List.of(new TopicPartition(TOPIC, 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (until.getCount() > 0) {
                for (ConsumerRecord<String, byte[]> message : consumer.poll(POLL)) {
                    accept(message, shelf);
                }
            }
        }
    }

    private static void accept(ConsumerRecord<String, byte[]> message, Consumer<Kept> shelf) {
        try {
            Kept kept = message.value() == null ? null : JSON.readValue(message.value(), Kept.class);
            if (kept != null) {
                shelf.accept(kept);
            }
        } catch (JacksonException | NullPointerException notOurs) {
            log.atDebug().addKeyValue("offset", message.offset()).log("A record in the quarantine is none of ours");
        }
    }
}

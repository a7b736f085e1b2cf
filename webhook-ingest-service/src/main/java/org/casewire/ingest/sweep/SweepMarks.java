package org.casewire.ingest.sweep;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.casewire.events.transport.WireJson;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/**
 * The compacted topic on which it is written how far each number was swept, and what operators asked for. A number's
 * records are all on the partition that decides who sweeps it.
 */
@Component
class SweepMarks {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String TYPE = "casewire.SweepMark.v1";

    /** Marks are written every few minutes and read from the beginning: what is superseded should go within the hour. */
    private static final Map<String, String> SETTINGS = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.SEGMENT_MS_CONFIG,
            Long.toString(Duration.ofHours(1).toMillis()),
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
            "0.1");

    private final KafkaOperations<String, byte[]> kafka;
    private final Map<String, Object> adminSettings;
    private final String topic;
    private final int partitions;
    private final Optional<Short> replicationFactor;

    SweepMarks(
            KafkaOperations<String, byte[]> kafka,
            KafkaProperties settings,
            SweepProperties properties,
            @Value("${casewire.topics.partitions:12}") int partitions,
            @Value("${casewire.topics.replication-factor:#{null}}") Optional<Short> replicationFactor) {
        this.kafka = kafka;
        this.adminSettings = settings.buildAdminProperties();
        this.topic = properties.topic();
        this.partitions = partitions;
        this.replicationFactor = replicationFactor;
    }

    /**
     * Makes the topic where it is missing.
     *
     * @throws IllegalStateException when it is there and would forget the marks
     */
    void makeTopic() throws ExecutionException, InterruptedException {
        NewTopic wanted = new NewTopic(topic, Optional.of(partitions), replicationFactor).configs(SETTINGS);
        try (Admin admin = Admin.create(adminSettings)) {
            admin.createTopics(List.of(wanted)).all().get();
        } catch (ExecutionException failure) {
            if (!(failure.getCause() instanceof TopicExistsException)) {
                throw failure;
            }
            requireCompacted();
        }
    }

    private void requireCompacted() throws ExecutionException, InterruptedException {
        ConfigResource name = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(adminSettings)) {
            Config found = admin.describeConfigs(List.of(name)).all().get().get(name);
            ConfigEntry policy = found == null ? null : found.get(TopicConfig.CLEANUP_POLICY_CONFIG);
            if (policy != null && !TopicConfig.CLEANUP_POLICY_COMPACT.equals(policy.value())) {
                throw new IllegalStateException("Topic " + topic + " must have cleanup.policy=compact; change it with"
                        + " kafka-configs --alter.");
            }
        }
    }

    /**
     * Writes how far a sweep is; returns once the broker has it.
     *
     * @throws KafkaException when the broker does not take it in time
     */
    void write(Sweep sweep) {
        await(send(sweep, WireJson.MAPPER.writeValueAsBytes(sweep)));
    }

    /** The same for several, all or none of which may be there when it fails. */
    void write(List<Sweep> sweeps) {
        sweeps.stream()
                .map(sweep -> send(sweep, WireJson.MAPPER.writeValueAsBytes(sweep)))
                .toList()
                .forEach(SweepMarks::await);
    }

    /** An asked sweep is over. */
    void remove(Sweep sweep) {
        await(send(sweep, null));
    }

    private CompletableFuture<?> send(Sweep sweep, byte @Nullable [] value) {
        int count = kafka.partitionsFor(topic).size();
        ProducerRecord<String, byte[]> message =
                new ProducerRecord<>(topic, sweep.duty().partition(count), sweep.key(), value);
        message.headers().add("ce_type", TYPE.getBytes(StandardCharsets.UTF_8));
        return kafka.send(message);
    }

    private static void await(CompletableFuture<?> sent) {
        try {
            sent.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException notTaken) {
            throw new KafkaException("The sweep's mark was not taken by the broker", notTaken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Stopped while writing a sweep's mark", stopped);
        }
    }

    /** Empty for a tombstone and for what cannot be read: the sweep then begins anew. */
    static Optional<Sweep> read(ConsumerRecord<String, byte[]> message) {
        if (message.value() == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(
                    WireJson.read(message.value(), Sweep.class).value());
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }
}

package org.casewire.notification.progress;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/**
 * Tells whether what stands on a topic was read, by whichever instance. Topics have no order between them, so what one
 * of them says may be read before what was written earlier to another.
 */
@Component
public class LogProgress implements DisposableBean {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(4);

    /** Short, because whoever waits here does not answer its group, and the group may be what is waited for. */
    private static final Duration PATIENCE = Duration.ofMillis(400);

    private final Admin admin;
    private final String group;

    LogProgress(KafkaAdmin kafka, @Value("${spring.kafka.consumer.group-id}") String group) {
        this.admin = Admin.create(kafka.getConfigurationProperties());
        this.group = group;
    }

    /** Where some topics ended at one moment; partitions that hold nothing do not stand there. */
    public record Ends(Map<TopicPartition, Long> offsets) {}

    /**
     * Returns when everything that stands on the topic now was read.
     *
     * @throws KafkaException when it is not read yet or the broker does not answer; the listener then tries its batch
     *     again, for as long as it takes
     */
    public void awaitRead(String topic) {
        Ends ends = ends(List.of(topic));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isReadTo(ends)) {
            if (System.nanoTime() > deadline) {
                throw new KafkaException("What stands on " + topic + " is not all read yet");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /**
     * Where the topics end now.
     *
     * @throws KafkaException when the broker does not answer
     */
    public Ends ends(List<String> topics) {
        return asked(() -> {
            List<TopicPartition> partitions = admin.describeTopics(topics).allTopicNames().get().values().stream()
                    .flatMap(topic -> topic.partitions().stream()
                            .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                    .toList();
            Map<TopicPartition, Long> begins = offsets(partitions, OffsetSpec::earliest);
            Map<TopicPartition, Long> ends = new HashMap<>(offsets(partitions, OffsetSpec::latest));
            ends.entrySet().removeIf(end -> end.getValue() <= begins.getOrDefault(end.getKey(), 0L));
            return new Ends(Map.copyOf(ends));
        });
    }

    /**
     * Whether the group has read that far.
     *
     * @throws KafkaException when the broker does not answer
     */
    public boolean isReadTo(Ends ends) {
        Map<TopicPartition, OffsetAndMetadata> read = asked(() -> admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get());
        return ends.offsets().entrySet().stream().allMatch(end -> {
            OffsetAndMetadata position = read.get(end.getKey());
            return position != null && position.offset() >= end.getValue();
        });
    }

    private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, Supplier<OffsetSpec> which)
            throws ExecutionException, InterruptedException {
        return admin
                .listOffsets(partitions.stream().collect(Collectors.toMap(one -> one, _ -> which.get())))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, found -> found.getValue().offset()));
    }

    private interface Question<T> {
        T ask() throws ExecutionException, InterruptedException;
    }

    private static <T> T asked(Question<T> question) {
        try {
            return question.ask();
        } catch (ExecutionException notAnswered) {
            throw new KafkaException("How far the log was read is not known yet", notAnswered);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Stopped while asking how far the log was read", stopped);
        }
    }

    @Override
    public void destroy() {
        admin.close(Duration.ofSeconds(1));
    }
}

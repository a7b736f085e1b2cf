package org.casewire.notification.cases;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.casewire.events.Topics;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/**
 * Waits until every case that stands on the log now was read, by whichever instance. Topics have no order between
 * them, so a text may be read before the snapshot of its case that was written earlier (always so when a new database
 * is filled); "nobody is assigned" is only true once the log was read up to here.
 */
@Component
public class CasesOnTheLog implements DisposableBean {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(4);

    /** Short, because whoever waits here does not answer its group, and the group may be what the cases wait for. */
    private static final Duration PATIENCE = Duration.ofMillis(400);

    private final Admin admin;
    private final String group;

    CasesOnTheLog(KafkaAdmin kafka, @Value("${spring.kafka.consumer.group-id}") String group) {
        this.admin = Admin.create(kafka.getConfigurationProperties());
        this.group = group;
    }

    /**
     * Returns when the cases were read.
     *
     * @throws KafkaException when they are not read yet or the broker does not answer; the listener then tries its
     *     batch again, for as long as it takes
     */
    public void awaitRead() {
        try {
            Map<TopicPartition, Long> ends = ends();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!isReadTo(ends)) {
                if (System.nanoTime() > deadline) {
                    throw new KafkaException("The cases on the log are not all read yet");
                }
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        } catch (ExecutionException notAnswered) {
            throw new KafkaException("How far the cases were read is not known yet", notAnswered);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Stopped while waiting for the cases", stopped);
        }
    }

    private Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest =
                admin.describeTopics(List.of(Topics.CASES)).allTopicNames().get().values().stream()
                        .flatMap(topic -> topic.partitions().stream())
                        .collect(Collectors.toMap(
                                part -> new TopicPartition(Topics.CASES, part.partition()), _ -> OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                admin.listOffsets(latest).all().get();
        return ends.entrySet().stream()
                .filter(end -> end.getValue().offset() > 0)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private boolean isReadTo(Map<TopicPartition, Long> ends) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        return ends.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata position = read.get(end.getKey());
            return position != null && position.offset() >= end.getValue();
        });
    }

    @Override
    public void destroy() {
        admin.close(Duration.ofSeconds(1));
    }
}

package org.casewire.outbound.start;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The records that stand on some topics at one moment. */
record Backlog(Map<TopicPartition, Span> spans) {

    /** From the first record that is still there up to the one after the last. */
    private record Span(long begin, long end) {

        long unread(@Nullable OffsetAndMetadata read) {
            long next = read == null ? begin : Math.max(begin, read.offset());
            return Math.max(0, end - next);
        }
    }

    /** Everything that is there now. */
    static Backlog until(Admin admin, Collection<String> topics) throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions = admin.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
        Map<TopicPartition, Long> begins = offsets(admin, partitions, OffsetSpec::earliest);
        Map<TopicPartition, Long> ends = offsets(admin, partitions, OffsetSpec::latest);
        Map<TopicPartition, Span> spans = new HashMap<>();
        ends.forEach((partition, end) -> spans.put(partition, new Span(begins.getOrDefault(partition, end), end)));
        return new Backlog(spans);
    }

    private static Map<TopicPartition, Long> offsets(
            Admin admin, List<TopicPartition> partitions, Supplier<OffsetSpec> which)
            throws ExecutionException, InterruptedException {
        return admin
                .listOffsets(partitions.stream().collect(Collectors.toMap(one -> one, one -> which.get())))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, found -> found.getValue().offset()));
    }

    /** How many of them a group has not read yet. */
    long unread(Admin admin, String group) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        return spans.entrySet().stream()
                .mapToLong(span -> span.getValue().unread(read.get(span.getKey())))
                .sum();
    }
}

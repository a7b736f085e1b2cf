package org.casewire.ops.backlog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.casewire.ops.Failed;

/** How far each consumer group is behind. */
final class Lags {

    private final Properties kafka;

    Lags(Properties kafka) {
        this.kafka = kafka;
    }

    /**
     * A group on a topic.
     *
     * @param records how many it has not handled
     * @param partitions on how many partitions these are
     * @param members how many listeners read in the group
     */
    record Lag(String group, String topic, long records, int partitions, int members) {

        Lag plus(Lag other) {
            return new Lag(group, topic, records + other.records, partitions + other.partitions, members);
        }
    }

    /** Every group that reads one of Casewire's topics, by name. */
    List<Lag> all() {
        try (Admin admin = Admin.create(kafka)) {
            Map<String, ListConsumerGroupOffsetsSpec> groups = new TreeMap<>();
            admin.listGroups(ListGroupsOptions.forConsumerGroups())
                    .all()
                    .get()
                    .forEach(group -> groups.put(group.groupId(), new ListConsumerGroupOffsetsSpec()));
            List<Reader> readers = groups.isEmpty() ? List.of() : readers(admin, groups);
            Set<TopicPartition> partitions = new HashSet<>();
            readers.forEach(reader -> partitions.addAll(reader.handled().keySet()));
            Map<TopicPartition, Long> ends = offsets(admin, partitions, OffsetSpec.latest());
            Map<TopicPartition, Long> starts = offsets(admin, partitions, OffsetSpec.earliest());
            return readers.stream()
                    .flatMap(reader -> ofGroup(reader, starts, ends).stream())
                    .toList();
        } catch (ExecutionException refused) {
            throw new Failed(
                    "The broker does not tell the groups (" + refused.getMessage()
                            + "). The user needs Describe on groups and on the topics.",
                    refused);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Failed("Stopped.", stopped);
        }
    }

    /** A group with what it has handled; -1 where it has not said so yet. */
    private record Reader(String group, int members, Map<TopicPartition, Long> handled) {}

    private static List<Reader> readers(Admin admin, Map<String, ListConsumerGroupOffsetsSpec> groups)
            throws ExecutionException, InterruptedException {
        Map<String, Map<TopicPartition, OffsetAndMetadata>> committed =
                admin.listConsumerGroupOffsets(groups).all().get();
        List<Reader> readers = new ArrayList<>();
        admin.describeConsumerGroups(groups.keySet()).all().get().forEach((group, described) -> {
            Map<TopicPartition, Long> handled = new HashMap<>();
            described
                    .members()
                    .forEach(member ->
                            member.assignment().topicPartitions().forEach(partition -> handled.put(partition, -1L)));
            committed.getOrDefault(group, Map.of()).forEach((partition, offset) -> {
                if (offset != null) {
                    handled.put(partition, offset.offset());
                }
            });
            handled.keySet().removeIf(partition -> !partition.topic().startsWith("sms."));
            if (!handled.isEmpty()) {
                readers.add(new Reader(group, described.members().size(), handled));
            }
        });
        readers.sort(Comparator.comparing(Reader::group));
        return readers;
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, Set<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> found :
                admin.listOffsets(wanted).all().get().entrySet()) {
            offsets.put(found.getKey(), found.getValue().offset());
        }
        return offsets;
    }

    private static Collection<Lag> ofGroup(
            Reader reader, Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends) {
        Map<String, Lag> byTopic = new TreeMap<>();
        reader.handled().forEach((partition, handled) -> {
            long from = Math.max(handled, starts.getOrDefault(partition, 0L));
            long behind = Math.max(0, ends.getOrDefault(partition, 0L) - from);
            byTopic.merge(
                    partition.topic(),
                    new Lag(reader.group(), partition.topic(), behind, behind > 0 ? 1 : 0, reader.members()),
                    Lag::plus);
        });
        return byTopic.values();
    }
}

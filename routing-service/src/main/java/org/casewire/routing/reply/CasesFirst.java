package org.casewire.routing.reply;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.casewire.events.Topics;
import org.casewire.events.transport.ListenerStart.BeforeListening;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.stereotype.Component;

/**
 * After a pause, what happened to cases meanwhile is taken in before replies are filed: a reply that is filed on what
 * cases were before would stay there. Texts need no such wait, because a late one files its replies again.
 */
@Component
class CasesFirst implements BeforeListening, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(CasesFirst.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final KafkaAdmin kafka;
    private final KafkaListenerEndpointRegistry listeners;
    private final String group;
    private volatile boolean stopped;
    private volatile boolean prepared;

    CasesFirst(
            KafkaAdmin kafka,
            KafkaListenerEndpointRegistry listeners,
            @Value("${spring.kafka.consumer.group-id}") String group) {
        this.kafka = kafka;
        this.listeners = listeners;
        this.group = group;
    }

    @Override
    public String description() {
        return "how far " + Topics.CASES + " was read";
    }

    @Override
    public void prepare() throws InterruptedException {
        MessageListenerContainer replies = listeners.getListenerContainer(InboundListener.ID);
        if (prepared || replies == null) {
            return;
        }
        try (Admin admin = Admin.create(kafka.getConfigurationProperties())) {
            Map<TopicPartition, Long> ends = ends(admin);
            if (!isRead(admin, ends)) {
                replies.pause();
                Thread.ofVirtual().name("cases-first").start(() -> resumeOnceRead(replies, ends));
            }
            prepared = true;
        } catch (ExecutionException failure) {
            throw new IllegalStateException("Kafka does not say how far the cases were read", failure);
        }
    }

    private void resumeOnceRead(MessageListenerContainer replies, Map<TopicPartition, Long> ends) {
        log.atInfo().addKeyValue("topic", Topics.CASES).log("Replies wait until the cases of the last pause are read");
        try (Admin admin = Admin.create(kafka.getConfigurationProperties())) {
            while (!stopped && !isReadAsFarAsKnown(admin, ends)) {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
        replies.resume();
        log.atInfo().addKeyValue("topic", Topics.CASES).log("Cases are read; replies are filed");
    }

    private boolean isReadAsFarAsKnown(Admin admin, Map<TopicPartition, Long> ends) {
        try {
            return isRead(admin, ends);
        } catch (ExecutionException away) {
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static Map<TopicPartition, Long> ends(Admin admin) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest =
                admin.describeTopics(List.of(Topics.CASES)).allTopicNames().get().values().stream()
                        .flatMap(topic -> topic.partitions().stream())
                        .map(partition -> new TopicPartition(Topics.CASES, partition.partition()))
                        .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        return admin.listOffsets(latest).all().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private boolean isRead(Admin admin, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        return ends.entrySet().stream().allMatch(end -> end.getValue() <= offset(read.get(end.getKey())));
    }

    private static long offset(@Nullable OffsetAndMetadata read) {
        return read == null ? 0 : read.offset();
    }

    @Override
    public void destroy() {
        stopped = true;
    }
}

package org.casewire.events.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.casewire.events.Topics;
import org.casewire.events.Topics.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the topics that are not there yet and refuses to work with ones that would break the order of events. */
final class TopicSetup {

    private static final Logger log = LoggerFactory.getLogger(TopicSetup.class);

    private static final String CLEANUP_POLICY = "cleanup.policy";

    private final TopicProperties properties;

    TopicSetup(TopicProperties properties) {
        this.properties = properties;
    }

    /**
     * Makes what is missing, then checks what is there.
     *
     * @throws IllegalStateException when topics that carry the same key differ in their number of partitions, or one
     *     forgets what it must keep
     */
    void run(Admin admin) throws ExecutionException, InterruptedException {
        List<Topic> wanted = Topics.all().stream()
                .flatMap(topic -> Stream.of(topic, topic.deadLetters()))
                .toList();
        create(admin, wanted);
        check(admin.describeTopics(wanted.stream().map(Topic::name).toList())
                .allTopicNames()
                .get());
        checkPolicies(admin, wanted);
    }

    /** A compacted queue would lose requests, and a state that is deleted after a week would be forgotten. */
    private static void checkPolicies(Admin admin, List<Topic> wanted) throws ExecutionException, InterruptedException {
        Map<String, String> needed = wanted.stream()
                .collect(Collectors.toMap(
                        Topic::name, topic -> topic.settings().getOrDefault(CLEANUP_POLICY, "delete")));
        List<ConfigResource> resources = wanted.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()))
                .toList();
        admin.describeConfigs(resources).all().get().forEach((resource, settings) -> {
            ConfigEntry found = settings.get(CLEANUP_POLICY);
            String policy = needed.get(resource.name());
            if (found == null || !found.value().equals(policy)) {
                throw new IllegalStateException("Topic %s must have %s=%s; change it with kafka-configs --alter."
                        .formatted(resource.name(), CLEANUP_POLICY, policy));
            }
        });
    }

    private void create(Admin admin, List<Topic> wanted) throws ExecutionException, InterruptedException {
        Set<String> present = admin.listTopics().names().get();
        List<NewTopic> missing = new ArrayList<>();
        for (Topic topic : wanted) {
            if (!present.contains(topic.name())) {
                missing.add(
                        new NewTopic(topic.name(), Optional.of(properties.partitions()), properties.replicationFactor())
                                .configs(topic.settings()));
            }
        }
        for (Map.Entry<String, KafkaFuture<Void>> made :
                admin.createTopics(missing).values().entrySet()) {
            try {
                made.getValue().get();
            } catch (ExecutionException failure) {
                if (!(failure.getCause() instanceof TopicExistsException)) {
                    throw failure;
                }
            }
        }
        if (!missing.isEmpty()) {
            log.atInfo().addKeyValue("topics", missing.size()).log("Topics made");
        }
    }

    private static void check(Map<String, TopicDescription> present) {
        Map<String, Integer> partitions = present.values().stream()
                .collect(Collectors.toMap(
                        TopicDescription::name, topic -> topic.partitions().size()));
        for (String topic : List.of(Topics.OUTBOUND, Topics.INBOUND, Topics.DELIVERY, Topics.CONSENT, Topics.REPLIES)) {
            requireEnough(partitions, topic, Topics.SEND_QUEUE);
            requireEnough(partitions, Topics.SEND_QUEUE, topic);
        }
        for (Topic topic : Topics.all()) {
            requireEnough(partitions, topic.deadLetters().name(), topic.name());
        }
    }

    private static void requireEnough(Map<String, Integer> partitions, String topic, String model) {
        int found = partitions.getOrDefault(topic, 0);
        int needed = partitions.getOrDefault(model, 0);
        if (found < needed) {
            throw new IllegalStateException(
                    "Topic %s has %d partitions but %s has %d; records of one key must stay together. Give %s %d partitions."
                            .formatted(topic, found, model, needed, topic, needed));
        }
    }
}

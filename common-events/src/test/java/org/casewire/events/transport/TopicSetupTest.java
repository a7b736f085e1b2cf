package org.casewire.events.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.casewire.events.Topics;
import org.casewire.events.Topics.Topic;
import org.casewire.events.testing.RealParts;
import org.casewire.events.testing.RealParts.OwnBroker;
import org.casewire.events.testing.ServiceTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ServiceTest
class TopicSetupTest {

    private static final long DAY = Duration.ofDays(1).toMillis();

    /** The service makes the topics while it starts. */
    TopicSetupTest(ListenerStart start) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> "UP".equals(start.health().getStatus().getCode()));
    }

    private static Config settings(String topic) throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", RealParts.kafka()))) {
            return admin.describeConfigs(List.of(resource)).all().get().get(resource);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sms.send-queue, 7",
        "sms.outbound, 30",
        "sms.inbound, 30",
        "sms.delivery, 7",
        "sms.consent, 30",
        "sms.replies, 30",
        "sms.alerts, 30",
        "sms.activity, 7",
        "sms.send-queue.dlt, 90",
        "sms.sites.dlt, 90",
        "sms.cases.dlt, 90"
    })
    void anEventIsKeptForSoManyDays(String topic, long days) throws Exception {
        Config settings = settings(topic);
        assertThat(settings.get("cleanup.policy").value()).isEqualTo("delete");
        assertThat(settings.get("retention.ms").value()).isEqualTo(Long.toString(days * DAY));
    }

    @ParameterizedTest
    @CsvSource({"sms.sites", "sms.cases", "sms.contacts", "sms.users", "sms.calendar"})
    void aSnapshotIsKeptForEverAndItsTombstoneForAMonth(String topic) throws Exception {
        Config settings = settings(topic);
        assertThat(settings.get("cleanup.policy").value()).isEqualTo("compact");
        assertThat(settings.get("delete.retention.ms").value()).isEqualTo(Long.toString(30 * DAY));
    }

    @Test
    void everyTopicHasItsDeadLettersWithTheSamePartitions() throws Exception {
        List<String> wanted = Topics.all().stream()
                .flatMap(topic -> Stream.of(topic, topic.deadLetters()))
                .map(Topic::name)
                .toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", RealParts.kafka()))) {
            Map<String, TopicDescription> made =
                    admin.describeTopics(wanted).allTopicNames().get();
            assertThat(made).hasSize(26);
            assertThat(made.values().stream()
                            .collect(Collectors.groupingBy(
                                    topic -> topic.partitions().size()))
                            .keySet())
                    .containsExactly(3);
        }
    }

    @Test
    void topicsThatWouldTearAConversationApartAreRefusedUntilTheyAreMended() throws Exception {
        TopicSetup setup = new TopicSetup(new TopicProperties(3, Optional.empty()));
        try (OwnBroker operators = RealParts.ownBroker();
                Admin admin = Admin.create(Map.of("bootstrap.servers", operators.address()))) {
            admin.createTopics(List.of(
                            new NewTopic(Topics.SEND_QUEUE, 2, (short) 1),
                            new NewTopic(Topics.CASES, 3, (short) 1).configs(Map.of("cleanup.policy", "delete")),
                            new NewTopic(Topics.ALERTS + ".dlt", 1, (short) 1)))
                    .all()
                    .get();

            awaitRefusal(setup, admin, "Give sms.send-queue 3 partitions");

            enlarge(admin, Topics.SEND_QUEUE);
            awaitRefusal(setup, admin, "Give sms.alerts.dlt 3 partitions");

            enlarge(admin, Topics.ALERTS + ".dlt");
            awaitRefusal(setup, admin, "sms.cases must have cleanup.policy=compact");

            ConfigResource cases = new ConfigResource(ConfigResource.Type.TOPIC, Topics.CASES);
            AlterConfigOp compact =
                    new AlterConfigOp(new ConfigEntry("cleanup.policy", "compact"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(cases, List.of(compact))).all().get();
            await().untilAsserted(() -> assertThatCode(() -> setup.run(admin)).doesNotThrowAnyException());
        }
    }

    /** A topic that was made or changed this moment may not be known to every request yet. */
    private static void awaitRefusal(TopicSetup setup, Admin admin, String why) {
        await().untilAsserted(() -> assertThatThrownBy(() -> setup.run(admin))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(why));
    }

    private static void enlarge(Admin admin, String topic) throws ExecutionException, InterruptedException {
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all().get();
        await().until(() -> admin.describeTopics(List.of(topic))
                        .topicNameValues()
                        .get(topic)
                        .get()
                        .partitions()
                        .size()
                == 3);
    }
}

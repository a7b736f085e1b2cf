package org.casewire.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.casewire.local.Fleet.End;
import org.casewire.local.Fleet.Instance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What deploy/README.md says of upgrading, with two instances of each service as processes. One of each
 * is replaced here while texts come and go; all of them with {@code -Dupgrade=all}.
 */
@OnTheFleet
class UpgradeIT {

    private static final Duration GRACE = Duration.ofSeconds(45);
    private static final Duration SETTLED = Duration.ofMinutes(3);
    private static final Duration SESSION = Duration.ofSeconds(90);

    /** What each service reads, as a group of its own name; ingest reads for itself alone. */
    private static final Map<Service, String> READS = Map.of(
            Service.OUTBOUND, "sms.send-queue",
            Service.ROUTING, "sms.inbound",
            Service.NOTIFICATION, "sms.replies");

    private static Fleet fleet;
    private static Traffic traffic;

    @BeforeAll
    static void startTwoOfEach() throws Exception {
        fleet = SharedFleet.fleet();
        fleet.ensureOfEach(2);
        traffic = new Traffic(fleet);
        traffic.publishCases();
    }

    @AfterAll
    static void stop() {
        if (traffic != null) {
            traffic.close();
        }
    }

    @Test
    void anUpgradeLosesNothingAndDoesNothingTwice() throws Exception {
        READS.forEach((service, topic) -> fleet.awaitAllPartitionsRead(service.module, topic, SESSION));
        long onKafka = fleet.kafkaBytes();
        long inDatabases = fleet.databaseBytes();
        int endedBefore = fleet.ended().size();
        traffic.start();
        int times = "all".equals(System.getProperty("upgrade")) ? 2 : 1;
        for (int round = 0; round < times; round++) {
            for (Service service : Service.values()) {
                replace(service);
            }
        }
        killAndReplace(Service.OUTBOUND);
        traffic.stop();
        System.out.println("Upgrade: " + traffic);
        assertThat(fleet.ended()).as("instances that ended").hasSize(endedBefore + 4 * times + 1);

        requireEachTextOnce();
        requireEachReplyOnce();
        requireAFinalStateForAll();
        int texts = traffic.ids().size() + traffic.replies().size();
        System.out.printf(
                "Upgrade: on disk for each text, sent or received: %d bytes on Kafka, %d in PostgreSQL%n",
                (fleet.kafkaBytes() - onKafka) / texts, (fleet.databaseBytes() - inDatabases) / texts);
    }

    /** A new one is ready before an old one goes. */
    private void replace(Service service) throws Exception {
        Instance old = fleet.oldest(service);
        fleet.start(service);
        End end = fleet.stop(old);
        assertThat(end.exitCode()).as(service + " stops in good order").isIn(0, 143);
        assertThat(end.took()).as(service + " stops in time").isLessThan(GRACE);
        if (READS.containsKey(service)) {
            fleet.awaitAllPartitionsRead(service.module, READS.get(service), Duration.ofSeconds(30));
        }
        System.out.println("Upgrade: " + service + " replaced, the old one stopped in "
                + end.took().toMillis() + " ms");
    }

    private void killAndReplace(Service service) throws Exception {
        fleet.kill(fleet.oldest(service));
        fleet.start(service);
        fleet.awaitAllPartitionsRead(service.module, READS.get(service), SESSION);
    }

    private void requireEachTextOnce() {
        await("every text at its person's")
                .atMost(SETTLED)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    Map<String, List<String>> received = traffic.received();
                    traffic.asked()
                            .forEach((person, texts) -> assertThat(received.get(person))
                                    .as(person)
                                    .containsExactlyInAnyOrderElementsOf(texts));
                });
    }

    private void requireEachReplyOnce() {
        Map<String, Integer> once = new HashMap<>();
        traffic.replies().forEach(sid -> once.put(sid, 1));
        assertThat(once).hasSizeGreaterThan(20);
        await("every reply on its case")
                .atMost(SETTLED)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(
                        () -> assertThat(told("sms.replies", "ReplyRouted")).isEqualTo(once));
        await("an alert for each")
                .atMost(SETTLED)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(
                        () -> assertThat(told("sms.alerts", "AlertRaised")).isEqualTo(once));
    }

    /** Others use the fleet, too. */
    private static Map<String, Integer> told(String topic, String event) {
        Map<String, Integer> ours = traffic.sids(topic, event);
        ours.keySet().retainAll(traffic.replies());
        return ours;
    }

    private void requireAFinalStateForAll() {
        await("a final state of every text")
                .atMost(SETTLED)
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> {
                    Map<String, Integer> states = new TreeMap<>();
                    for (UUID id : traffic.ids()) {
                        String message = fleet.frontDoor() + "/api/sites/demo/messages/" + id;
                        states.merge(traffic.get(message).get("status").asString(), 1, Integer::sum);
                    }
                    assertThat(states).containsOnlyKeys("DELIVERED");
                });
    }
}

package org.casewire.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.casewire.local.demo.DemoSite;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Texts out over Kafka and HTTP, and people who answer, until it is stopped; and what became of all of it. */
final class Traffic implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> PEOPLE = IntStream.range(0, 12)
            .mapToObj(number -> "+140453861" + (10 + number))
            .toList();

    private final Fleet fleet;
    private final String service;
    private final KafkaProducer<String, String> upstream;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, List<String>> asked = new ConcurrentHashMap<>();
    private final List<UUID> ids = new CopyOnWriteArrayList<>();
    private final List<String> replies = new CopyOnWriteArrayList<>();
    private final AtomicInteger retries = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();

    Traffic(Fleet fleet) {
        this.fleet = fleet;
        this.service = fleet.token("upgrade", "service");
        Properties settings = new Properties();
        settings.setProperty("bootstrap.servers", fleet.kafka());
        settings.setProperty("acks", "all");
        this.upstream = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    /** One case for each person, so that every reply has a place and somebody to be told. */
    void publishCases() {
        for (String person : PEOPLE) {
            publishCase("upgrade-" + person.substring(person.length() - 2), person);
        }
    }

    void publishCase(String id, String person) {
        publish("sms.cases", "demo|CASE|" + id, "CaseChanged", """
                {"site":"demo","caseRef":{"kind":"CASE","id":"%s"},"title":"%s","openedAt":"2026-01-05T10:00:00Z",
                 "phones":{"mobile":["%s"]},"assignments":[{"userId":"maria","primary":true}],"updatedAt":"%s"}
                """.formatted(id, id, person, Instant.now()));
    }

    private void publish(String topic, String key, String event, String json) {
        ProducerRecord<String, String> message = new ProducerRecord<>(topic, key, json);
        message.headers().add("ce_type", ("casewire." + event + ".v1").getBytes(StandardCharsets.UTF_8));
        try {
            upstream.send(message).get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    void start() {
        threads.add(Thread.ofVirtual().start(() -> keepDoing(Duration.ofMillis(150), this::askOverKafka)));
        threads.add(Thread.ofVirtual().start(() -> keepDoing(Duration.ofMillis(300), this::askOverHttp)));
        threads.add(Thread.ofVirtual().start(() -> keepDoing(Duration.ofMillis(300), this::answer)));
    }

    /** Something that is done with the next person again and again. */
    private interface Turn {
        void with(String person, int number) throws InterruptedException;
    }

    private void keepDoing(Duration every, Turn turn) {
        try {
            for (int number = 0; !stopped.await(pause(every, number), TimeUnit.MILLISECONDS); number++) {
                turn.with(PEOPLE.get(number % PEOPLE.size()), number);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where an upgrade takes long, it is not made longer by what is to be looked up of it. */
    private static long pause(Duration every, int number) {
        return number < 150 ? every.toMillis() : 10 * every.toMillis();
    }

    private String noted(String person, UUID id, String body) {
        asked.computeIfAbsent(person, _ -> new CopyOnWriteArrayList<>()).add(body);
        ids.add(id);
        return "{\"messageId\":\"%s\",\"to\":\"%s\",\"body\":\"%s\",".formatted(id, person, body);
    }

    private void askOverKafka(String person, int number) {
        String request = noted(person, UUID.randomUUID(), "Kafka " + number);
        publish("sms.send-queue", "demo|" + person, "SendRequested", request + "\"site\":\"demo\"}");
    }

    /** As an application does: the same request again until it is answered. */
    private void askOverHttp(String person, int number) throws InterruptedException {
        String request = noted(person, UUID.randomUUID(), "HTTP " + number) + "\"purpose\":\"CONVERSATION\"}";
        while (status(HttpRequest.newBuilder(URI.create(fleet.frontDoor() + "/api/sites/demo/messages"))
                        .header("Authorization", "Bearer " + service)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(request)))
                != 202) {
            retries.incrementAndGet();
            assertThat(stopped.await(200, TimeUnit.MILLISECONDS) && retries.get() > 500)
                    .as("a request that nobody takes")
                    .isFalse();
        }
    }

    private void answer(String person, int number) throws InterruptedException {
        if (!asked.getOrDefault(person, List.of()).isEmpty()) {
            replies.add(reply(person, "Answer " + number));
        }
    }

    /** A person texts the site; returns the SID. */
    String reply(String person, String body) throws InterruptedException {
        try {
            HttpResponse<String> answer = fleet.http()
                    .send(
                            HttpRequest.newBuilder(URI.create(fleet.twin() + "/twin/handsets/"
                                            + person.replace("+", "%2B") + "/messages"))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(
                                            "{\"to\":\"%s\",\"body\":\"%s\"}".formatted(DemoSite.NUMBER, body)))
                                    .build(),
                            BodyHandlers.ofString());
            JsonNode told = JSON.readTree(answer.body());
            if (told.path("webhookStatus").asInt(0) != 200) {
                unanswered.incrementAndGet();
            }
            return told.get("sid").asString();
        } catch (IOException twinAway) {
            throw new IllegalStateException(twinAway);
        }
    }

    /** Asks for one text over Kafka. */
    UUID ask(String person, String body) {
        UUID id = UUID.randomUUID();
        publish("sms.send-queue", "demo|" + person, "SendRequested", """
                {"messageId":"%s","site":"demo","to":"%s","body":"%s"}""".formatted(id, person, body));
        return id;
    }

    void cancel(String person, UUID id) {
        publish("sms.send-queue", "demo|" + person, "SendCancelled", """
                {"messageId":"%s","site":"demo","to":"%s","cancelledBy":"maria"}""".formatted(id, person));
    }

    /** Stops the site's texts, or lets them leave again. */
    void pause(boolean paused) throws InterruptedException {
        assertThat(status(HttpRequest.newBuilder(URI.create(fleet.frontDoor() + "/api/sites/demo/pause"))
                        .header("Authorization", "Bearer " + fleet.token("sam", "admin"))
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString("{\"paused\":" + paused + "}"))))
                .isEqualTo(200);
    }

    private int status(HttpRequest.Builder request) throws InterruptedException {
        try {
            return fleet.http()
                    .send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException gone) {
            return 0;
        }
    }

    /** No more is asked; what was begun is finished. */
    void stop() throws InterruptedException {
        stopped.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    List<UUID> ids() {
        return ids;
    }

    List<String> replies() {
        return replies;
    }

    Map<String, List<String>> asked() {
        return asked;
    }

    /** What people received, by number. */
    Map<String, List<String>> received() {
        Map<String, List<String>> received = new HashMap<>();
        asked.keySet().forEach(person -> received.put(person, received(person)));
        return received;
    }

    /** What a person received, oldest first. */
    List<String> received(String person) {
        return get(fleet.twin() + "/twin/handsets/" + person.replace("+", "%2B") + "/messages")
                .valueStream()
                .map(text -> text.get("body").asString())
                .toList();
    }

    JsonNode get(String address) {
        try {
            HttpResponse<String> answer = fleet.http()
                    .send(
                            HttpRequest.newBuilder(URI.create(address))
                                    .header("Authorization", "Bearer " + fleet.token("maria", "staff"))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(address).isEqualTo(200);
            return JSON.readTree(answer.body());
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    /** How often each SID stands in an event of that type. */
    Map<String, Integer> sids(String topic, String event) {
        Map<String, Integer> sids = new HashMap<>();
        try (KafkaConsumer<String, String> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", fleet.kafka()), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = reader.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                reader.poll(Duration.ofMillis(200)).forEach(one -> {
                    String type = new String(one.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
                    if (type.equals("casewire." + event + ".v1")) {
                        sids.merge(JSON.readTree(one.value()).path("sid").asString(), 1, Integer::sum);
                    }
                });
            }
        }
        return sids;
    }

    @Override
    public String toString() {
        return "%d texts asked for, %d of the requests again because nobody answered; %d replies, %d of which found nobody"
                .formatted(ids.size(), retries.get(), replies.size(), unanswered.get());
    }

    @Override
    public void close() {
        stopped.countDown();
        upstream.close();
    }
}

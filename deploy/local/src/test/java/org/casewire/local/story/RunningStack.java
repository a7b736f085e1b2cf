package org.casewire.local.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The local stack as a newcomer starts it, and everything that can be done to it from outside. */
final class RunningStack implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(3);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process runner;
    private final Path output;
    private final Path file;
    private final JsonNode stack;
    private final Collector collector;
    private final KafkaProducer<String, String> upstream;

    private RunningStack(Process runner, Path output, Path file, JsonNode stack, Collector collector) {
        this.collector = collector;
        this.runner = runner;
        this.output = output;
        this.file = file;
        this.stack = stack;
        this.upstream = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.get("kafka").asString(), "acks", "all"),
                new StringSerializer(),
                new StringSerializer());
    }

    /** Runs {@code deploy/local/run} and returns when it has described the stack. */
    static RunningStack start(Path data, int basePort, Collector collector) throws IOException {
        Path stackFile = data.resolveSibling("stack-" + basePort + ".json");
        Path output = data.resolveSibling("run-" + basePort + ".log");
        Files.deleteIfExists(stackFile);
        Process runner = new ProcessBuilder(
                        Path.of("run").toAbsolutePath().toString(),
                        "--no-build",
                        "--base-port",
                        Integer.toString(basePort),
                        "--data",
                        data.toString(),
                        "--stack",
                        stackFile.toString(),
                        "--traces",
                        collector.address())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        await().atMost(STARTS_WITHIN).until(() -> Files.exists(stackFile) || !runner.isAlive());
        assertThat(Files.exists(stackFile))
                .as(() -> "the stack did not start: " + read(output))
                .isTrue();
        return new RunningStack(runner, output, stackFile, JSON.readTree(stackFile), collector);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String printed() {
        return read(output);
    }

    /** Its description, as {@code run} wrote it. */
    Path file() {
        return file;
    }

    String token(String role) {
        return stack.get("tokens").get(role).asString();
    }

    String frontDoor() {
        return stack.get("frontDoor").asString();
    }

    String broker() {
        return stack.get("kafka").asString();
    }

    /** The password that the summary tells, for signing in. */
    String password(String user) {
        Matcher told = Pattern.compile("as " + user + " \\(\\w+\\) with (\\S+)").matcher(printed());
        assertThat(told.find()).isTrue();
        return told.group(1);
    }

    /** Where the four services and the front door tell their metrics. */
    List<Integer> managementPorts() {
        int kafka = Integer.parseInt(broker().substring(broker().lastIndexOf(':') + 1));
        return IntStream.rangeClosed(5, 9).mapToObj(above -> kafka + above).toList();
    }

    String siteNumber() {
        return stack.get("twilio").get("number").asString();
    }

    URI publicBase() {
        return URI.create(stack.get("publicBaseUrl").asString());
    }

    /** Publishes as an upstream would: JSON, a key, and nothing but the type. */
    void publish(String topic, String key, String event, String json) {
        publish(topic, key, event, json, Map.of());
    }

    void publish(String topic, String key, String event, String json, Map<String, String> headers) {
        ProducerRecord<String, String> message = new ProducerRecord<>(topic, key, json);
        message.headers().add("ce_type", ("casewire." + event + ".v1").getBytes(StandardCharsets.UTF_8));
        headers.forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        try {
            upstream.send(message).get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The events of a key on a topic so far, oldest first. */
    List<JsonNode> events(String topic, String key) {
        List<JsonNode> found = new ArrayList<>();
        read(topic, record -> {
            if (key.equals(record.key())) {
                found.add(JSON.readTree(record.value()));
            }
        });
        return found;
    }

    private void read(String topic, Consumer<ConsumerRecord<String, String>> each) {
        try (KafkaConsumer<String, String> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", stack.get("kafka").asString()),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = reader.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                reader.poll(Duration.ofMillis(200)).forEach(each);
            }
        }
    }

    /** The trace ids of each kind of event that a topic holds of a key. */
    Map<String, Set<String>> traces(String topic, String key) {
        Map<String, Set<String>> traces = new TreeMap<>();
        read(topic, record -> {
            if (key.equals(record.key())) {
                String event = header(record, "ce_type").replaceAll("casewire\\.|\\.v1", "");
                traces.computeIfAbsent(event, _ -> new TreeSet<>())
                        .add(header(record, "traceparent").split("-")[1]);
            }
        });
        return traces;
    }

    private static String header(ConsumerRecord<String, String> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** What the services sent to the collector. */
    Collector spans() {
        return collector;
    }

    String twilioToken() {
        return stack.get("twilio").get("authToken").asString();
    }

    /** Twilio misbehaves from now on. */
    void faults(String json) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(twin("/twin/faults"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json)));
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    }

    /** The texts a person received. */
    List<String> handset(String number) {
        JsonNode texts = JSON.readTree(
                send(HttpRequest.newBuilder(twin("/twin/handsets/" + number.replace("+", "%2B") + "/messages")))
                        .body());
        return texts.valueStream().map(text -> text.get("body").asString()).toList();
    }

    /** A person texts the site; returns the SID. */
    String text(String from, String body) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(
                        twin("/twin/handsets/" + from.replace("+", "%2B") + "/messages"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("to", siteNumber(), "body", body)))));
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(JSON.readTree(answer.body()).get("webhookStatus").asInt()).isEqualTo(200);
        return JSON.readTree(answer.body()).get("sid").asString();
    }

    private URI twin(String path) {
        return URI.create(stack.get("twilio").get("url").asString() + path);
    }

    JsonNode get(String path, String role) {
        HttpResponse<String> answer = send(request(path, role));
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    HttpResponse<String> post(String path, String role, String json) {
        return send(
                request(path, role).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    HttpResponse<String> put(String path, String role, String json) {
        return send(
                request(path, role).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
    }

    HttpRequest.Builder request(String path, String role) {
        return HttpRequest.newBuilder(URI.create(stack.get("frontDoor").asString() + path))
                .header("Authorization", "Bearer " + token(role));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** A user's open home page: the alert documents as they arrive. */
    BlockingQueue<JsonNode> openAlerts(String user, String role) {
        BlockingQueue<JsonNode> alerts = new LinkedBlockingQueue<>();
        HttpResponse<Stream<String>> stream;
        try {
            stream = http.send(
                    request("/api/sites/demo/users/" + user + "/alerts/stream", role)
                            .build(),
                    BodyHandlers.ofLines());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        assertThat(stream.statusCode()).isEqualTo(200);
        Thread.ofVirtual().start(() -> listen(stream.body(), alerts));
        return alerts;
    }

    /** Until the page loses its stream, as it does when the service is killed. */
    private static void listen(Stream<String> lines, BlockingQueue<JsonNode> alerts) {
        try {
            lines.filter(line -> line.startsWith("data:"))
                    .map(line -> JSON.readTree(line.substring("data:".length())))
                    .forEach(alerts::add);
        } catch (UncheckedIOException lost) {
            assertThat(lost).hasCauseInstanceOf(IOException.class);
        }
    }

    /** Kills a service without a warning. */
    void kill(String service) {
        ProcessHandle process = ProcessHandle.of(
                        stack.get("services").get(service).get("pid").asLong())
                .orElseThrow();
        process.destroyForcibly();
        await().until(() -> !process.isAlive());
    }

    /** All that the processes logged. */
    Map<Path, String> logs() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(stack.get("logs").asString()))) {
            return files.filter(Files::isRegularFile)
                    .collect(java.util.stream.Collectors.toMap(file -> file, RunningStack::read));
        }
    }

    @Override
    public void close() {
        upstream.close();
        runner.destroy();
        try {
            assertThat(runner.waitFor(60, TimeUnit.SECONDS))
                    .as("stops within a minute")
                    .isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}

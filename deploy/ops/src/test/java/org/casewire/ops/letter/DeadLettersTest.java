package org.casewire.ops.letter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.casewire.ops.LogReader;
import org.casewire.ops.Main;
import org.casewire.ops.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** The commands against a real broker. Each test has a site of its own. */
class DeadLettersTest {

    private static final EmbeddedKafkaKraftBroker BROKER = new EmbeddedKafkaKraftBroker(1, 1);
    private static final Properties KAFKA = new Properties();

    private static KafkaProducer<String, String> producer;

    private String site = "";

    record Outcome(int exitCode, String out, String err) {}

    record Found(int partition, long offset, String key, String value, Map<String, String> headers) {}

    @BeforeAll
    static void start() throws ExecutionException, InterruptedException {
        BROKER.brokerProperty("offsets.topic.num.partitions", "1");
        BROKER.afterPropertiesSet();
        KAFKA.setProperty("bootstrap.servers", BROKER.getBrokersAsString());
        producer = new KafkaProducer<>(KAFKA, new StringSerializer(), new StringSerializer());
        try (Admin admin = Admin.create(KAFKA)) {
            admin.createTopics(Stream.of("sms.send-queue", "sms.cases")
                            .flatMap(name -> Stream.of(name, name + ".dlt"))
                            .map(name -> new NewTopic(name, 3, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stop() {
        producer.close();
        BROKER.destroy();
    }

    @BeforeEach
    void ownSite(TestInfo test) {
        site = test.getTestMethod().orElseThrow().getName().toLowerCase(java.util.Locale.ROOT);
    }

    private static Outcome run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("dead-letters"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--bootstrap", BROKER.getBrokersAsString()));
        return main(all.toArray(String[]::new));
    }

    private static Outcome main(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    private static RecordMetadata write(String topic, int partition, String key, String value, String... headers) {
        ProducerRecord<String, String> message = new ProducerRecord<>(topic, partition, key, value);
        for (int index = 0; index < headers.length; index += 2) {
            message.headers().add(headers[index], headers[index + 1].getBytes(StandardCharsets.UTF_8));
        }
        try {
            return producer.send(message).get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A record, and the letter that a service made of it; returns the letter's id. */
    private static String letter(String topic, String key, String value, String reason) {
        RecordMetadata original = write(topic, 1, key, value, "ce_type", "casewire.SendRequested.v1");
        RecordMetadata letter = write(
                topic + ".dlt",
                1,
                key,
                value,
                "ce_type",
                "casewire.SendRequested.v1",
                "x-reason",
                reason,
                "x-exception",
                "java.lang.IllegalStateException: stack",
                "x-topic",
                topic,
                "x-partition",
                "1",
                "x-offset",
                Long.toString(original.offset()),
                "x-group",
                "outbound-service");
        return topic + "/1/" + letter.offset();
    }

    private List<Found> on(String topic) {
        List<Found> found = new ArrayList<>();
        try (LogReader log = new LogReader(KAFKA)) {
            log.read(
                    log.span(log.partitions(topic), null),
                    new Progress(new PrintWriter(System.err), "read"),
                    message -> {
                        if (text(message.key()).startsWith(site + "|")) {
                            found.add(found(message));
                        }
                    });
        }
        return found;
    }

    private static Found found(ConsumerRecord<byte[], byte[]> message) {
        Map<String, String> headers = new java.util.TreeMap<>();
        message.headers().forEach(header -> headers.put(header.key(), text(header.value())));
        return new Found(message.partition(), message.offset(), text(message.key()), text(message.value()), headers);
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void theListCountsByKindAndShowsNoNumberAndNoText() {
        letter("sms.send-queue", site + "|+14045387319", "{\"body\":\"secret\"}", "body 'one' is bad at 7");
        String last =
                letter("sms.send-queue", site + "|+14045387319", "{\"body\":\"secret\"}", "body 'two' is bad at 8");

        Outcome listed = run("list", "--site", site);

        assertThat(listed.exitCode()).as(listed.err()).isZero();
        assertThat(listed.out())
                .contains("2 dead letters, 0 of them replayed")
                .containsPattern(" 2 +0  sms.send-queue +outbound-service +body '…' is bad at #")
                .contains(last + "  ")
                .contains(site + "|…19")
                .contains("show " + last)
                .doesNotContain("4045387319")
                .doesNotContain("secret");
        assertThat(run("list", "--site", site, "--json", "--limit", "1").out())
                .contains("{\"id\":\"" + last + "\"")
                .doesNotContain("secret")
                .hasLineCount(1);
    }

    @Test
    void theListIsFiltered() {
        letter("sms.send-queue", site + "|+14045387319", "{}", "messageId is missing");
        letter("sms.cases", site + "|CASE|1", "{}", "updatedAt is missing");

        assertThat(run("list", "--site", site, "--topic", "sms.cases.dlt").out())
                .contains("1 dead letters");
        assertThat(run("list", "--site", site, "--reason", "MESSAGEID").out()).contains("1 dead letters");
        assertThat(run("list", "--site", site, "--group", "routing-service").out())
                .contains("No dead letter is like that");
        assertThat(run("list", "--site", site, "--since", "1h").out()).contains("2 dead letters");
        assertThat(run("list", "--site", site, "--since", "2999-01-01T00:00:00Z")
                        .out())
                .contains("No dead letter is like that");
    }

    @Test
    void oneIsShownWithItsLabelsAndItsValueOnlyWhenAsked() {
        String id = letter("sms.send-queue", site + "|+14045387319", "{\"body\":\"secret\"}", "to is missing");

        assertThat(run("show", id).out())
                .contains("to is missing", "outbound-service", "IllegalStateException", "…19", "17 bytes")
                .doesNotContain("secret")
                .doesNotContain("4045387319");
        assertThat(run("show", id, "--value").out()).contains("secret", "+14045387319");
    }

    @Test
    void aReplayIsTheRecordAsItWasForItsGroupAloneAndIsNotRepeated() {
        String id = letter("sms.send-queue", site + "|+14045387319", "{\"body\":\"x\"}", "broken");

        assertThat(run("replay", id, "--dry-run").out())
                .contains(id + "  would go to sms.send-queue for outbound-service");
        assertThat(on("sms.send-queue")).hasSize(1);

        Outcome replayed = run("replay", id);

        assertThat(replayed.exitCode()).as(replayed.err()).isZero();
        assertThat(replayed.out()).contains("Replayed 1 letter.");
        List<Found> records = on("sms.send-queue");
        Found original = records.getFirst();
        Found replay = records.getLast();
        assertThat(records).hasSize(2);
        assertThat(replay.partition()).isEqualTo(1);
        assertThat(replay.key()).isEqualTo(original.key());
        assertThat(replay.value()).isEqualTo(original.value());
        assertThat(replay.headers())
                .containsEntry("x-replay-for", "outbound-service")
                .containsEntry("ce_type", "casewire.SendRequested.v1")
                .containsEntry("ce_id", "sms.send-queue-1-" + original.offset())
                .containsKey("ce_time")
                .doesNotContainKeys("x-reason", "x-exception", "x-group", "x-topic", "x-partition", "x-offset");

        assertThat(run("replay", id).out()).contains("replayed before", "Replayed 0 letters, passed over 1.");
        assertThat(run("list", "--site", site).out()).contains("1 dead letters, 1 of them replayed", "  replayed 2");
        assertThat(run("list", "--site", site, "--waiting").out()).contains("No dead letter is like that");
        assertThat(run("show", id).out()).contains("stands at sms.send-queue 1/" + replay.offset());
        assertThat(on("sms.send-queue")).hasSize(2);

        assertThat(run("replay", id, "--again").out()).contains("Replayed 1 letter.");
        assertThat(on("sms.send-queue")).hasSize(3);
    }

    @Test
    void aChoiceIsReplayedInItsOrder() {
        for (int number = 0; number < 700; number++) {
            letter(
                    "sms.send-queue",
                    site + "|+14045387319",
                    "{\"n\":" + number + "}",
                    number % 7 == 3 ? "odd" : "broken");
        }

        assertThat(run("replay", "--site", site, "--reason", "broken").out()).contains("Replayed 600 letters.");

        List<String> replayed = on("sms.send-queue").stream()
                .filter(one -> one.headers().containsKey("x-replay-for"))
                .map(Found::value)
                .toList();
        List<String> expected = java.util.stream.IntStream.range(0, 700)
                .filter(number -> number % 7 != 3)
                .mapToObj(number -> "{\"n\":" + number + "}")
                .toList();
        assertThat(replayed).isEqualTo(expected);
        assertThat(run("list", "--site", site, "--waiting").out()).contains("100 dead letters");
    }

    @Test
    void anOldStateDoesNotComeBackOverANewerOne() {
        String old = letter("sms.cases", site + "|CASE|1", "{\"title\":\"old\"}", "broken");
        write("sms.cases", 1, site + "|CASE|1", "{\"title\":\"new\"}", "ce_type", "casewire.CaseChanged.v1");

        assertThat(run("replay", old).out()).contains(old + "  passed over: a later record of its key");
        assertThat(on("sms.cases")).hasSize(2);
    }

    @Test
    void aStateThatIsReplayedForOneGroupStaysThereForAll() {
        String id = letter("sms.cases", site + "|CASE|1", "{\"title\":\"only\"}", "broken");

        assertThat(run("replay", id).out()).contains("Replayed 1 letter.");

        assertThat(on("sms.cases"))
                .extracting(one -> one.headers().getOrDefault("x-replay-for", "all"))
                .containsExactly("all", "outbound-service", "all");
        assertThat(run("replay", id, "--again").out()).contains("Replayed 1 letter.");
    }

    @Test
    void aLetterThatSaysNotWhoseItIsIsReplayedForWhomIsNamed() {
        RecordMetadata stranger = write("sms.send-queue.dlt", 0, site + "|+14045387319", "{}", "x-reason", "?");
        String id = "sms.send-queue/0/" + stranger.offset();

        assertThat(run("replay", id).out()).contains("name it with --for");
        assertThat(run("replay", id, "--for", "outbound-service").out()).contains("Replayed 1 letter.");
    }

    @Test
    void aPersonsLettersGoAndThoseOfOthersStayWithTheirNotes() {
        String before = letter("sms.send-queue", site + "|+14045387311", "{\"body\":\"kept\"}", "broken");
        letter("sms.send-queue", site + "|+14045387319", "{\"body\":\"secret\"}", "broken");
        String replayed = letter("sms.send-queue", site + "|+14045387312", "{\"body\":\"done\"}", "broken");
        letter("sms.send-queue", site + "|(404) 538-7319", "{\"body\":", "no readable JSON");
        letter("sms.send-queue", "elsewhere-" + site + "|+14045387319", "{\"body\":\"another site's\"}", "broken");
        letter("sms.send-queue", site + "|?", "{\"to\":\"404-538-7319\",\"body\":\"secret\"}", "broken");
        letter("sms.send-queue", site + "|+14045387313", "{\"body\":\"behind\"}", "broken");
        run("replay", replayed);
        List<Found> mine = on("sms.send-queue.dlt");

        assertThat(run("erase", "--site", site, "--contact", "404-538-7319", "--dry-run")
                        .out())
                .contains("Would erase 3 letters.");
        assertThat(on("sms.send-queue.dlt")).isEqualTo(mine);
        Outcome erased = run("erase", "--site", site, "--contact", "+14045387319");

        assertThat(erased.exitCode()).as(erased.err()).isZero();
        assertThat(erased.out()).contains("Erased 3 letters;", "of others have new ids.");
        List<Found> left = on("sms.send-queue.dlt");
        assertThat(left).noneSatisfy(one -> assertThat(one.value()).contains("secret"));
        assertThat(left)
                .filteredOn(one -> !one.value().isEmpty())
                .extracting(Found::value)
                .containsExactlyInAnyOrder("{\"body\":\"kept\"}", "{\"body\":\"done\"}", "{\"body\":\"behind\"}");
        assertThat(left)
                .filteredOn(one -> one.value().contains("kept"))
                .singleElement()
                .satisfies(one -> assertThat(one.headers())
                        .containsEntry("x-reason", "broken")
                        .containsEntry("x-moved-from", before.substring(before.lastIndexOf('/') + 1)));
        assertThat(run("list", "--site", site).out()).contains("3 dead letters, 1 of them replayed");
        assertThat(run("list", "--site", "elsewhere-" + site).out()).contains("1 dead letters");
        assertThat(run("replay", "--site", site).out()).contains("Replayed 2 letters, passed over 1.");
        assertThat(run("erase", "--site", site, "--contact", "+14045387319").out())
                .contains("Erased 0 letters.");
    }

    @Test
    void anErasureThatWasStoppedBeforeItDeletedDoublesNothing() throws Exception {
        letter("sms.send-queue", site + "|+14045387311", "{\"body\":\"kept\"}", "broken");
        letter("sms.send-queue", site + "|+14045387319", "{\"body\":\"secret\"}", "broken");
        Found kept = on("sms.send-queue.dlt").getFirst();
        write(
                "sms.send-queue.dlt",
                1,
                kept.key(),
                kept.value(),
                "x-reason",
                "broken",
                "x-moved-from",
                Long.toString(kept.offset()));

        assertThat(run("erase", "--site", site, "--contact", "+14045387319").out())
                .contains("Erased 1 letter");
        assertThat(on("sms.send-queue.dlt")).extracting(Found::value).containsExactly("{\"body\":\"kept\"}");
    }

    @Test
    void whatIsNotUnderstoodIsNamed() {
        assertThat(run("list", "--since", "yesterday"))
                .satisfies(outcome -> assertThat(outcome.exitCode()).isEqualTo(2))
                .satisfies(outcome -> assertThat(outcome.err()).contains("--since", "'yesterday'", "3d"));
        assertThat(run("show", "42").err()).contains("'42'", "topic/partition/offset");
        assertThat(run("replay").err()).contains("Which letters?", "deploy/ops/dead-letters replay --help");
        assertThat(run("list", "--topic", "sms.nothing"))
                .satisfies(outcome -> assertThat(outcome.exitCode()).isEqualTo(1))
                .satisfies(outcome -> assertThat(outcome.err()).contains("sms.nothing.dlt", "sms.cases.dlt"));
        assertThat(run("replay", "sms.cases/2/999999").err()).contains("There is no dead letter sms.cases/2/999999");
        assertThat(run("list", "--nonsense").err()).contains("--nonsense");
        assertThat(main("dead-letters", "list", "--bootstrap", "127.0.0.1:1").err())
                .contains("No Kafka broker answers at 127.0.0.1:1");
        assertThat(run("erase", "--site", site, "--contact", "Ana").err()).contains("--contact must be a number");
        assertThat(main("dead-letters", "list").err()).contains("--bootstrap");
        assertThat(main("dead-letters", "--help").out()).contains("list", "show", "replay", "erase");
    }

    @Test
    void aClientsPropertiesMayNameFilesWithSecrets(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("name"), "from-a-file");
        Path properties = Files.writeString(
                folder.resolve("client.properties"), """
                bootstrap.servers=%s
                client.id=${dir:%s:name}
                config.providers=dir
                config.providers.dir.class=org.apache.kafka.common.config.provider.DirectoryConfigProvider
                """.formatted(BROKER.getBrokersAsString(), folder));
        Outcome outcome = main("dead-letters", "list", "--site", site, "--properties", properties.toString());
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("No dead letter is like that");
    }
}

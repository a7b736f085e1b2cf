package org.casewire.ops.letter;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.casewire.ops.Failed;
import org.jspecify.annotations.Nullable;

/** Writes letters to their topics, and then the note that they were; killed between the two, a letter is replayed twice. */
final class Replay implements AutoCloseable {

    private static final int BATCH = 500;

    private final KafkaProducer<byte[], byte[]> producer;
    private final @Nullable String group;
    private final boolean dryRun;
    private final PrintWriter out;
    private final List<Letter> batch = new ArrayList<>();
    private final Map<Why, Long> passedOver = new EnumMap<>(Why.class);
    private long replayed;

    /** Why a letter that was meant is not replayed. */
    enum Why {
        REPLAYED_BEFORE("replayed before (--again replays it too)"),
        SUPERSEDED("a later record of its key stands on the topic"),
        NOBODYS("it does not say which group could not handle it (name it with --for)");

        private final String words;

        Why(String words) {
            this.words = words;
        }
    }

    Replay(Properties kafka, @Nullable String group, boolean dryRun, PrintWriter out) {
        Properties settings = new Properties();
        settings.putAll(kafka);
        settings.setProperty("acks", "all");
        settings.setProperty("enable.idempotence", "true");
        settings.setProperty("delivery.timeout.ms", "30000");
        settings.setProperty("linger.ms", "0");
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.group = group;
        this.dryRun = dryRun;
        this.out = out;
    }

    void passOver(Letter letter, Why why) {
        passedOver.merge(why, 1L, Long::sum);
        out.println(letter.id() + "  passed over: " + why.words);
    }

    void add(Letter letter) {
        if (letter.header(Letter.GROUP).isEmpty() && group == null) {
            passOver(letter, Why.NOBODYS);
            return;
        }
        batch.add(letter);
        if (batch.size() == BATCH) {
            send();
        }
    }

    void finish() {
        send();
        long passed = passedOver.values().stream().mapToLong(Long::longValue).sum();
        out.println((dryRun ? "Would replay " : "Replayed ")
                + replayed
                + (replayed == 1 ? " letter" : " letters")
                + (passed == 0 ? "." : ", passed over " + passed + "."));
    }

    private String receiver(Letter letter) {
        return letter.header(Letter.GROUP).orElse(String.valueOf(group));
    }

    private void send() {
        if (dryRun) {
            batch.forEach(letter -> {
                replayed++;
                out.println(letter.id() + "  would go to " + letter.topic() + " for " + receiver(letter));
            });
            batch.clear();
            return;
        }
        List<Future<RecordMetadata>> sent = batch.stream().map(this::write).toList();
        for (int index = 0; index < sent.size(); index++) {
            Letter letter = batch.get(index);
            RecordMetadata to = taken(letter, sent.get(index));
            producer.send(Replayed.note(letter, to.partition() + "/" + to.offset()));
            replayed++;
            out.println(letter.id() + "  stands at " + letter.topic() + " " + to.partition() + "/" + to.offset()
                    + " for " + receiver(letter));
        }
        producer.flush();
        batch.clear();
    }

    private Future<RecordMetadata> write(Letter letter) {
        Future<RecordMetadata> replay = producer.send(copy(letter, receiver(letter)));
        if (Later.isOfState(letter.topic())) {
            producer.send(copy(letter, null));
        }
        return replay;
    }

    private RecordMetadata taken(Letter letter, Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (ExecutionException | KafkaException refused) {
            Throwable cause = refused.getCause() == null ? refused : refused.getCause();
            throw new Failed(
                    "The broker did not take " + letter.id() + " (" + cause.getMessage() + "). " + replayed
                            + " were replayed before it and are noted; mend this, and run the same command again.",
                    refused);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Failed("Stopped after " + replayed + " letters; run the same command again.", stopped);
        }
    }

    /** As it was before it was put aside; null: for everybody. */
    private static ProducerRecord<byte[], byte[]> copy(Letter letter, @Nullable String receiver) {
        Integer partition = letter.header(Letter.PARTITION)
                .filter(number -> number.matches("\\d{1,6}"))
                .map(Integer::valueOf)
                .orElse(letter.message().partition());
        ProducerRecord<byte[], byte[]> copy = new ProducerRecord<>(
                letter.topic(),
                partition,
                letter.message().key(),
                letter.message().value());
        for (Header header : letter.message().headers()) {
            if (!isLabel(header.key())) {
                copy.headers().add(header);
            }
        }
        identify(copy.headers(), letter);
        if (receiver != null) {
            copy.headers().add("x-replay-for", receiver.getBytes(StandardCharsets.UTF_8));
            copy.headers().add("x-replay-of", letter.id().toString().getBytes(StandardCharsets.UTF_8));
        }
        return copy;
    }

    private static boolean isLabel(String header) {
        return switch (header) {
            case Letter.REASON, Letter.EXCEPTION, Letter.PARTITION, Letter.OFFSET, Letter.GROUP -> true;
            case "x-topic", "x-replay-for", "x-replay-of" -> true;
            default -> false;
        };
    }

    /** What readers took from the record's place and time, because it did not say: it must be the same again. */
    private static void identify(Headers headers, Letter letter) {
        if (headers.lastHeader("ce_id") == null) {
            String place =
                    letter.topic() + "-" + letter.header(Letter.PARTITION).orElse("") + "-"
                            + letter.header(Letter.OFFSET).orElse("");
            headers.add("ce_id", place.getBytes(StandardCharsets.UTF_8));
        }
        if (headers.lastHeader("ce_time") == null) {
            headers.add("ce_time", letter.at().toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }
}

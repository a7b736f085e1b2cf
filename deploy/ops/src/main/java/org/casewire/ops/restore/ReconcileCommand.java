package org.casewire.ops.restore;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.casewire.events.Topics;
import org.casewire.ops.Failed;
import org.casewire.ops.LogReader;
import org.casewire.ops.Moment;
import org.casewire.ops.Place;
import org.casewire.ops.Progress;
import org.casewire.ops.restore.Known.Standing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds the requests that nobody told the outcome of, and asks for them anew. */
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description = {
            "Finds the requests on sms.send-queue of which neither sms.outbound nor sms.delivery tells an outcome.",
            "",
            "For outbound's database that was brought back to an earlier moment, while outbound is stopped. With --ask-anew they"
                    + " stand on sms.send-queue once more, and so do the cancellations since then. What the database still knows"
                    + " changes nothing; a text of which some parts left is only listed, for a person to decide."
        })
public final class ReconcileCommand implements Runnable {

    /** What came a little before the moment may have been handled a little after it. */
    private static final Duration MARGIN = Duration.ofHours(1);

    @Mixin
    Place place = new Place();

    @Option(
            names = "--since",
            required = true,
            paramLabel = "TIME",
            converter = Moment.class,
            description = "the moment the database was brought back to: 2026-11-22T10:00:00Z, or how long ago: 90m, 3d")
    Instant since = Instant.EPOCH;

    @Option(names = "--ask-anew", description = "ask for them anew")
    boolean askAnew;

    @Spec
    CommandSpec spec = CommandSpec.create();

    /** How many of what were seen. */
    private static final class Counts {
        private long requests;
        private long partly;
        private long open;
        private long cancellations;
    }

    @Override
    public void run() {
        Properties kafka = place.kafka();
        PrintWriter out = spec.commandLine().getOut();
        Progress progress = new Progress(spec.commandLine().getErr(), "records read");
        Known known = new Known();
        List<ConsumerRecord<byte[], byte[]>> anew = new ArrayList<>();
        Counts counts = new Counts();
        try (LogReader log = new LogReader(kafka)) {
            List<TopicPartition> told = new ArrayList<>(log.partitions(Topics.OUTBOUND));
            told.addAll(log.partitions(Topics.DELIVERY));
            log.read(log.span(told, since.minus(MARGIN)), progress, known::learn);
            log.read(
                    log.span(log.partitions(Topics.SEND_QUEUE), since.minus(MARGIN)),
                    progress,
                    message -> Request.of(message)
                            .filter(request -> isOpen(request, message, known, counts, out))
                            .ifPresent(request -> anew.add(message)));
        }
        if (askAnew) {
            publish(kafka, anew);
        }
        out.println("%d requests since %s; %d without an outcome, %d sent in part; %d cancellations%s"
                .formatted(
                        counts.requests,
                        since.minus(MARGIN),
                        counts.open,
                        counts.partly,
                        counts.cancellations,
                        askAnew ? ". Asked anew: " + anew.size() : ". Next: --ask-anew"));
        out.flush();
    }

    private static boolean isOpen(
            Request request, ConsumerRecord<byte[], byte[]> message, Known known, Counts counts, PrintWriter out) {
        if (request.event().equals("SendCancelled")) {
            counts.cancellations++;
            return true;
        }
        if (!request.event().equals("SendRequested")) {
            return false;
        }
        counts.requests++;
        Standing standing = known.of(request.key());
        if (standing == Standing.ENDED) {
            return false;
        }
        out.println(request.key().replace('|', ' ') + "  asked " + Instant.ofEpochMilli(message.timestamp())
                + (standing == Standing.PARTLY_SENT ? "  some of its parts left" : ""));
        if (standing == Standing.PARTLY_SENT) {
            counts.partly++;
            return false;
        }
        counts.open++;
        return true;
    }

    private static void publish(Properties kafka, List<ConsumerRecord<byte[], byte[]>> messages) {
        Properties settings = new Properties();
        settings.putAll(kafka);
        settings.setProperty("acks", "all");
        settings.setProperty("delivery.timeout.ms", "30000");
        settings.setProperty("linger.ms", "0");
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = messages.stream()
                    .map(message -> producer.send(copy(message)))
                    .toList();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException refused) {
            throw new Failed(
                    "The broker did not take all (" + refused.getMessage()
                            + "). Run the same command again: what was asked anew twice is one text.",
                    refused);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Failed("Stopped. Run the same command again.", stopped);
        }
    }

    /** As it stands there; who asked when is kept, for what depends on the time. */
    private static ProducerRecord<byte[], byte[]> copy(ConsumerRecord<byte[], byte[]> message) {
        ProducerRecord<byte[], byte[]> copy =
                new ProducerRecord<>(message.topic(), message.partition(), message.key(), message.value());
        message.headers().forEach(copy.headers()::add);
        if (copy.headers().lastHeader("ce_time") == null) {
            byte[] time = Instant.ofEpochMilli(message.timestamp()).toString().getBytes(StandardCharsets.UTF_8);
            copy.headers().add("ce_time", time);
        }
        copy.headers().remove("x-replay-for");
        copy.headers().add("x-replay-for", "outbound-service".getBytes(StandardCharsets.UTF_8));
        return copy;
    }
}

package org.casewire.ops.letter;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.casewire.ops.Failed;
import org.casewire.ops.LogReader;
import org.casewire.ops.LogReader.Span;
import org.casewire.ops.Progress;

/** Empties partitions of dead letters up to the last of a person's, and keeps what is not theirs. */
final class Removal implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final Admin admin;
    private final LogReader log;
    private final Progress progress;

    Removal(Properties kafka, LogReader log, Progress progress) {
        Properties settings = new Properties();
        settings.putAll(kafka);
        settings.setProperty("acks", "all");
        settings.setProperty("delivery.timeout.ms", "30000");
        settings.setProperty("linger.ms", "0");
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.admin = Admin.create(kafka);
        this.log = log;
        this.progress = progress;
    }

    /** Returns how many letters of others stand at another place now. */
    long remove(TopicPartition place, Shelf shelf) {
        try {
            Map<Long, Long> moved = moveOthers(place, shelf);
            moveNotes(place, shelf, moved);
            admin.deleteRecords(Map.of(place, RecordsToDelete.beforeOffset(shelf.last() + 1)))
                    .all()
                    .get();
            return moved.size();
        } catch (ExecutionException refused) {
            Throwable cause = refused.getCause() == null ? refused : refused.getCause();
            throw new Failed(
                    cause instanceof AuthorizationException
                            ? "The user may not do this. Give it the rights Read, Write and Delete on " + place.topic()
                                    + ", and run the same command again."
                            : "The broker refuses (" + cause.getMessage() + "). Run the same command again.",
                    refused);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Failed("Stopped. Run the same command again.", stopped);
        }
    }

    private Map<Long, Long> moveOthers(TopicPartition place, Shelf shelf)
            throws ExecutionException, InterruptedException {
        Span until = log.span(List.of(place), null);
        Map<Long, Future<RecordMetadata>> sent = new LinkedHashMap<>();
        log.read(new Span(until.from(), Map.of(place, shelf.last() + 1)), progress, message -> {
            boolean stays = Replayed.of(message).isEmpty() && !shelf.isThePersons(message.offset());
            if (stays && !shelf.copies().containsKey(message.offset())) {
                sent.put(message.offset(), producer.send(copy(message)));
            }
        });
        Map<Long, Long> moved = new HashMap<>(shelf.copies());
        for (Map.Entry<Long, Future<RecordMetadata>> one : sent.entrySet()) {
            moved.put(one.getKey(), one.getValue().get().offset());
        }
        return moved;
    }

    private void moveNotes(TopicPartition place, Shelf shelf, Map<Long, Long> moved)
            throws ExecutionException, InterruptedException {
        Set<Long> noted = shelf.notes().stream().map(Replayed::offset).collect(Collectors.toSet());
        for (Replayed note : shelf.notes()) {
            Long to = moved.get(note.offset());
            if (to != null && !noted.contains(to)) {
                producer.send(note.about(place, to)).get();
            }
        }
    }

    /** As it stands there, with its time: it is kept no longer than it would have been. */
    private static ProducerRecord<byte[], byte[]> copy(ConsumerRecord<byte[], byte[]> message) {
        ProducerRecord<byte[], byte[]> copy = new ProducerRecord<>(
                message.topic(), message.partition(), message.timestamp(), message.key(), message.value());
        message.headers().forEach(copy.headers()::add);
        copy.headers().remove(Letter.MOVED_FROM);
        copy.headers().add(Letter.MOVED_FROM, Long.toString(message.offset()).getBytes(StandardCharsets.UTF_8));
        return copy;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
        admin.close(Duration.ofSeconds(10));
    }
}

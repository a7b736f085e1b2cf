package org.casewire.routing.rebuild;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.casewire.events.CaseEvent;
import org.casewire.events.Topics;
import org.casewire.events.transport.EventReader;
import org.casewire.routing.cases.CaseProjection;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.transaction.TransactionException;

/** Goes through all cases on the log as it stands when it begins. */
final class Rebuild {

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(2);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final int TRIES = 60;

    private final Map<String, Object> settings;
    private final EventReader reader;
    private final CaseProjection cases;
    private final Skipped skipped;
    private final Clock clock;

    Rebuild(Map<String, Object> settings, EventReader reader, CaseProjection cases, Skipped skipped, Clock clock) {
        this.settings = settings;
        this.reader = reader;
        this.cases = cases;
        this.skipped = skipped;
        this.clock = clock;
    }

    boolean run(PrintStream out) {
        Instant start = clock.instant();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(settings)) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.CASES).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long read = readTo(consumer.endOffsets(partitions), consumer, start, out);
            out.println("Done: " + read + " records of " + Topics.CASES + " merged, " + skipped.count()
                    + " of them could not be read and were left out; "
                    + Duration.between(start, clock.instant()).toSeconds() + " s.");
            return true;
        } catch (BadSqlGrammarException noTables) {
            out.println(
                    "Failed: the service's tables are not there. Check the database's address; start the service first.");
            return false;
        } catch (KafkaException | DataAccessException | TransactionException failure) {
            out.println("Failed: " + failure.getMessage() + "\nStart it again; nothing is lost.");
            return false;
        }
    }

    private long readTo(
            Map<TopicPartition, Long> ends, KafkaConsumer<String, byte[]> consumer, Instant start, PrintStream out) {
        long first = ends.keySet().stream().mapToLong(consumer::position).sum();
        long last = ends.values().stream().mapToLong(Long::longValue).sum();
        long read = 0;
        Instant told = start;
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            List<ConsumerRecord<String, byte[]>> batch = new ArrayList<>();
            consumer.poll(POLL).forEach(batch::add);
            merge(batch);
            read += batch.size();
            Instant now = clock.instant();
            if (Duration.between(told, now).compareTo(BETWEEN_LINES) >= 0) {
                told = now;
                long passed =
                        ends.keySet().stream().mapToLong(consumer::position).sum() - first;
                out.println(progress(read, passed, last - first, Duration.between(start, now)));
            }
        }
        return read;
    }

    private static String progress(long read, long passed, long all, Duration since) {
        return "%,d records merged, %d %% of the log, %,d/s"
                .formatted(
                        read,
                        all == 0 ? 100 : Math.min(100, 100 * passed / all),
                        1_000 * read / Math.max(1, since.toMillis()));
    }

    /** The service may be at the same cases, and the database may be away for a while. */
    private void merge(List<ConsumerRecord<String, byte[]>> batch) {
        for (int attempt = 1; ; attempt++) {
            try {
                reader.read(batch, CaseEvent.class, cases::applyAgain);
                return;
            } catch (TransientDataAccessException
                    | RecoverableDataAccessException
                    | DataAccessResourceFailureException
                    | TransactionException failure) {
                if (attempt == TRIES) {
                    throw failure;
                }
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            }
        }
    }
}

package org.casewire.events.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.casewire.events.transport.Messaging;
import org.casewire.events.transport.tracing.Step;
import org.casewire.events.transport.tracing.Tracing;
import org.casewire.events.worker.Worker;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.support.SendResult;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Publishes what stands in the outbox, oldest first, and forgets it once the broker has it.
 *
 * <p>Of all instances on one database one relays at a time (an advisory lock of the transaction), so that the events
 * of a key keep their order. Rows are deleted and published in one transaction: when the process dies or the broker
 * refuses, the rows are still there and are published again, so readers see an event at least once.
 */
public final class OutboxRelay extends Worker {

    /** Any number will do, as long as all instances use the same one. */
    private static final long RELAY_LOCK = 0x6f7574626f78L;

    /** A text filed on ten thousand cases makes an event of half a megabyte, and a batch of those must fit into memory. */
    private static final long MOST_BYTES = 8_000_000;

    /**
     * Nothing for whoever is not the relay now. One who becomes it may still see rows that the one before took and
     * committed since: the server passes by those.
     */
    private static final String TAKE_OLDEST = """
            WITH relay AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(%d) AS is_here)
            DELETE FROM outbox
            WHERE (SELECT is_here FROM relay)
              AND id = ANY (ARRAY(
                SELECT id
                FROM (SELECT id, sum(octet_length(payload)) OVER (ORDER BY id) - octet_length(payload) AS bytes_before
                      FROM (SELECT id, payload FROM outbox ORDER BY id LIMIT ?) AS oldest) AS sized
                WHERE bytes_before < ?))
            RETURNING id, topic, record_key, header_names, header_values, payload
            """.formatted(RELAY_LOCK);

    /**
     * What has left lies dead at the front of the table, and every look for the oldest passes over it. The server's own
     * vacuum comes by once a minute, when half a million rows may lie there. While that is at it nobody waits for it.
     */
    private static final String SWEEP = "VACUUM (TRUNCATE false, SKIP_LOCKED) outbox";

    private static final int SWEEP_AFTER = 20_000;

    private final JdbcTemplate jdbc;
    private final TransactionOperations transactions;
    private final KafkaOperations<String, byte[]> kafka;
    private final OutboxProperties properties;
    private final MeterRegistry meters;
    private final Tracing tracing;
    private final Semaphore news = new Semaphore(0);
    private boolean moreMayWait;
    private int unswept;

    OutboxRelay(
            JdbcTemplate jdbc,
            TransactionOperations transactions,
            KafkaOperations<String, byte[]> kafka,
            OutboxProperties properties,
            MeterRegistry meters,
            Tracing tracing) {
        super("outbox-relay", "Events wait in the outbox; trying again until the database and the broker answer");
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.kafka = kafka;
        this.properties = properties;
        this.meters = meters;
        this.tracing = tracing;
    }

    /** Tells that something was committed, so that it leaves at once. */
    void wake() {
        news.release();
    }

    private record Row(long id, ProducerRecord<String, byte[]> message) {}

    @Override
    protected void turn() throws InterruptedException {
        relayOnce();
        if (!moreMayWait) {
            awaitNews(properties.poll());
        }
    }

    @Override
    protected void rest() throws InterruptedException {
        awaitNews(properties.pauseAfterFailure());
    }

    private void awaitNews(Duration atMost) throws InterruptedException {
        if (news.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            news.drainPermits();
        }
    }

    /** Publishes one batch; returns how many events it held. */
    int relayOnce() throws InterruptedException {
        Integer published = transactions.execute(transaction -> {
            List<Row> rows = new ArrayList<>(jdbc.query(TAKE_OLDEST, OutboxRelay::row, properties.batch(), MOST_BYTES));
            rows.sort(Comparator.comparingLong(Row::id));
            publish(rows);
            moreMayWait = rows.size() == properties.batch() || bytesOf(rows) >= MOST_BYTES;
            return rows.size();
        });
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        int count = published == null ? 0 : published;
        meters.counter("casewire.outbox.published").increment(count);
        sweepBehind(count);
        return count;
    }

    private static long bytesOf(List<Row> rows) {
        return rows.stream().mapToLong(row -> row.message().value().length).sum();
    }

    private void sweepBehind(int count) {
        unswept += count;
        if (unswept >= SWEEP_AFTER) {
            unswept = 0;
            jdbc.execute(SWEEP);
        }
    }

    private void publish(List<Row> rows) {
        List<CompletableFuture<SendResult<String, byte[]>>> sent =
                rows.stream().map(row -> send(row.message())).toList();
        kafka.flush();
        sent.forEach(CompletableFuture::join);
    }

    private CompletableFuture<SendResult<String, byte[]>> send(ProducerRecord<String, byte[]> message) {
        if (!tracing.isOn()) {
            return kafka.send(message);
        }
        Step step = Messaging.publishing(tracing, message);
        return kafka.send(message).whenComplete((_, failure) -> {
            if (failure != null) {
                step.failed(failure.getClass().getSimpleName());
            }
            step.close();
        });
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        ProducerRecord<String, byte[]> message =
                new ProducerRecord<>(row.getString("topic"), row.getString("record_key"), row.getBytes("payload"));
        String[] names = (String[]) row.getArray("header_names").getArray();
        String[] values = (String[]) row.getArray("header_values").getArray();
        for (int i = 0; i < names.length; i++) {
            message.headers().add(names[i], values[i].getBytes(StandardCharsets.UTF_8));
        }
        return new Row(row.getLong("id"), message);
    }

    /** Low, so that on the way down it stops after everything that still commits events. */
    @Override
    public int getPhase() {
        return 1_000;
    }
}

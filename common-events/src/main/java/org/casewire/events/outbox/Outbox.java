package org.casewire.events.outbox;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.casewire.events.Event;
import org.casewire.events.transport.EventCodec;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where a service leaves the events of a change, in the transaction of the change.
 *
 * <p>Events of one key leave in the order of their {@code id}. That order is the order of commits only if whoever
 * appends holds a lock on what the event is about (its row) before appending; every writer here does.
 */
public class Outbox {

    private static final String APPEND = """
            INSERT INTO outbox (topic, record_key, header_names, header_values, payload)
            SELECT topic, record_key, string_to_array(header_names, E'\\x1f'), string_to_array(header_values, E'\\x1f'), payload
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[])
                 AS event (topic, record_key, header_names, header_values, payload)
            """;

    /** Joins the headers of one event inside a text array; a control character that no header value holds. */
    static final String SEPARATOR = "\u001f";

    private final JdbcTemplate jdbc;
    private final EventCodec codec;
    private final Clock clock;
    private final OutboxRelay relay;

    Outbox(JdbcTemplate jdbc, EventCodec codec, Clock clock, OutboxRelay relay) {
        this.jdbc = jdbc;
        this.codec = codec;
        this.clock = clock;
        this.relay = relay;
    }

    /** An event with the trace it belongs to. */
    public record Outgoing(Event event, String traceParent) {}

    /**
     * Appends events to the running transaction, in one statement.
     *
     * @throws org.springframework.transaction.IllegalTransactionStateException when no transaction is running
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void append(List<Outgoing> events) {
        if (events.isEmpty()) {
            return;
        }
        List<ProducerRecord<String, byte[]>> records = events.stream()
                .map(out -> codec.encode(out.event(), UUID.randomUUID(), clock.instant(), out.traceParent()))
                .toList();
        jdbc.execute(APPEND, (PreparedStatement insert) -> {
            fill(insert, records);
            return insert.executeUpdate();
        });
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                relay.wake();
            }
        });
    }

    private static void fill(PreparedStatement insert, List<ProducerRecord<String, byte[]>> records)
            throws SQLException {
        insert.setArray(1, texts(insert, records, ProducerRecord::topic));
        insert.setArray(2, texts(insert, records, ProducerRecord::key));
        insert.setArray(3, texts(insert, records, record -> joined(record, Header::key)));
        insert.setArray(
                4,
                texts(
                        insert,
                        records,
                        record -> joined(record, header -> new String(header.value(), StandardCharsets.UTF_8))));
        insert.setArray(
                5,
                insert.getConnection()
                        .createArrayOf(
                                "bytea",
                                records.stream().map(ProducerRecord::value).toArray(byte[][]::new)));
    }

    private static Array texts(
            PreparedStatement insert,
            List<ProducerRecord<String, byte[]>> records,
            Function<ProducerRecord<String, byte[]>, String> text)
            throws SQLException {
        Connection connection = insert.getConnection();
        return connection.createArrayOf("text", records.stream().map(text).toArray(String[]::new));
    }

    private static String joined(ProducerRecord<String, byte[]> record, Function<Header, String> part) {
        StringBuilder all = new StringBuilder();
        for (Header header : record.headers()) {
            all.append(all.isEmpty() ? "" : SEPARATOR).append(part.apply(header));
        }
        return all.toString();
    }
}

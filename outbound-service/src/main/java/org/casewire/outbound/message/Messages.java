package org.casewire.outbound.message;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.casewire.events.CaseRef;
import org.casewire.events.MessageHeader;
import org.casewire.events.OutboundEvent.Hold;
import org.casewire.events.Purpose;
import org.casewire.events.rows.Columns;
import org.casewire.events.transport.WireJson;
import org.casewire.outbound.message.Progress.Heard;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** Owns the tables of messages, their parts and what was reported of them; everything is read and written in batches. */
@Repository
class Messages {

    private static final String LOCK = """
            SELECT m.site, m.message_id, m.contact, m.sender, m.case_kind, m.case_id, m.sent_by, m.purpose,
                   m.attributes, m.trace_parent, m.hold_reason,
                   p.part, p.body, p.media_url, p.segments, p.status, p.sid, p.error_code, p.attempt, p.due_at,
                   p.lease_until, p.ask_at, p.updated_at
            FROM message m
            JOIN part p USING (site, message_id)
            WHERE (m.site, m.message_id) IN (SELECT * FROM unnest(?::text[], ?::uuid[]))
            ORDER BY m.site, m.message_id, p.part
            FOR UPDATE OF m, p
            """;

    private static final String SAVE_PARTS = """
            UPDATE part SET status = n.status, sid = n.sid, error_code = n.error_code, attempt = n.attempt,
                            due_at = n.due_at, lease_until = n.lease_until, ask_at = n.ask_at,
                            updated_at = n.updated_at
            FROM unnest(?::text[], ?::uuid[], ?::int[], ?::text[], ?::text[], ?::int[], ?::uuid[], ?::timestamptz[],
                        ?::timestamptz[], ?::timestamptz[], ?::timestamptz[])
                 AS n (site, message_id, part, status, sid, error_code, attempt, due_at, lease_until, ask_at, updated_at)
            WHERE part.site = n.site AND part.message_id = n.message_id AND part.part = n.part
            """;

    private static final String FINISH_ATTEMPTS = """
            UPDATE attempt SET finished_at = n.at, outcome = n.outcome
            FROM unnest(?::uuid[], ?::text[], ?::timestamptz[]) AS n (attempt, outcome, at)
            WHERE attempt.attempt = n.attempt AND attempt.outcome IS DISTINCT FROM 'TAKEN'
            """;

    private static final String SAVE_MESSAGES = """
            UPDATE message SET status = n.status, hold_reason = n.hold_reason,
                               rejection_reason = coalesce(n.reason, rejection_reason),
                               rejection_detail = coalesce(n.detail, rejection_detail)
            FROM unnest(?::text[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[])
                 AS n (site, message_id, status, hold_reason, reason, detail)
            WHERE message.site = n.site AND message.message_id = n.message_id
            """;

    private static final String REMEMBER_SENDERS = """
            INSERT INTO last_sender (site, contact, sender)
            SELECT DISTINCT ON (site, contact) site, contact, sender
            FROM unnest(?::text[], ?::text[], ?::text[]) AS n (site, contact, sender)
            ON CONFLICT (site, contact) DO UPDATE SET sender = excluded.sender
            WHERE last_sender.sender <> excluded.sender
            """;

    private static final String KEEP_REPORTS = """
            INSERT INTO status_report (report_id, site, message_id, part, sid, status, error_code, source, advanced, at)
            SELECT * FROM unnest(?::text[], ?::text[], ?::uuid[], ?::int[], ?::text[], ?::text[], ?::int[], ?::text[],
                                 ?::boolean[], ?::timestamptz[])
            ON CONFLICT (report_id) DO NOTHING
            """;

    private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

    private final JdbcTemplate jdbc;

    Messages(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    private record Row(
            MessageHeader header,
            String traceParent,
            @Nullable Hold hold,
            Part part) {

        static Row of(ResultSet result, int number) throws SQLException {
            return new Row(
                    Messages.header(result),
                    result.getString("trace_parent"),
                    Messages.hold(result),
                    Messages.part(result));
        }

        MessageKey key() {
            return new MessageKey(header.site(), header.messageId());
        }
    }

    /** Messages with their parts, locked until the transaction ends; the ones that do not exist are missing. */
    Map<MessageKey, Message> lock(Collection<MessageKey> keys) {
        List<Row> rows =
                jdbc.query(LOCK, Row::of, Columns.of(keys, MessageKey::site), Columns.of(keys, MessageKey::messageId));
        return rows.stream()
                .collect(Collectors.groupingBy(
                        Row::key, Collectors.collectingAndThen(Collectors.toList(), Messages::message)));
    }

    private static Message message(List<Row> parts) {
        Row any = parts.getFirst();
        return new Message(
                any.header(), any.traceParent(), parts.stream().map(Row::part).toList(), any.hold());
    }

    private static @Nullable Hold hold(ResultSet result) throws SQLException {
        String reason = result.getString("hold_reason");
        return reason == null ? null : Hold.valueOf(reason);
    }

    private static MessageHeader header(ResultSet result) throws SQLException {
        return new MessageHeader(
                result.getObject("message_id", UUID.class),
                result.getString("site"),
                result.getString("contact"),
                result.getString("sender"),
                caseRef(result),
                result.getString("sent_by"),
                Purpose.valueOf(result.getString("purpose")),
                WireJson.MAPPER.readValue(result.getString("attributes"), STRINGS));
    }

    static @Nullable CaseRef caseRef(ResultSet result) throws SQLException {
        String id = result.getString("case_id");
        return id == null ? null : new CaseRef(CaseRef.Kind.valueOf(result.getString("case_kind")), id);
    }

    static Part part(ResultSet result) throws SQLException {
        return new Part(
                result.getInt("part"),
                result.getString("body"),
                result.getString("media_url"),
                result.getInt("segments"),
                MessageStatus.valueOf(result.getString("status")),
                result.getString("sid"),
                result.getObject("error_code", Integer.class),
                result.getObject("attempt", UUID.class),
                result.getTimestamp("due_at").toInstant(),
                instant(result, "lease_until"),
                instant(result, "ask_at"),
                result.getTimestamp("updated_at").toInstant());
    }

    static @Nullable Instant instant(ResultSet result, String column) throws SQLException {
        Timestamp at = result.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    private record Placed(MessageKey key, Part part) {}

    /** Writes messages back as they stand now. */
    void save(Collection<Message> messages) {
        if (messages.isEmpty()) {
            return;
        }
        List<Message> all = List.copyOf(messages);
        saveParts(all.stream()
                .flatMap(message -> message.parts().stream().map(part -> new Placed(message.key(), part)))
                .toList());
        jdbc.update(
                SAVE_MESSAGES,
                Columns.of(all, message -> message.key().site()),
                Columns.of(all, message -> message.key().messageId()),
                Columns.of(all, message -> message.status().name()),
                Columns.of(all, message -> name(message.hold())),
                Columns.of(
                        all,
                        message -> message.rejection()
                                .map(rejection -> rejection.reason().name())
                                .orElse(null)),
                Columns.of(
                        all,
                        message -> message.rejection()
                                .map(Message.Rejection::detail)
                                .orElse(null)));
        rememberSenders(all);
    }

    private static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }

    private void saveParts(List<Placed> parts) {
        jdbc.update(
                SAVE_PARTS,
                Columns.of(parts, placed -> placed.key().site()),
                Columns.of(parts, placed -> placed.key().messageId()),
                Columns.of(parts, placed -> placed.part().number()),
                Columns.of(parts, placed -> placed.part().status().name()),
                Columns.of(parts, placed -> placed.part().sid()),
                Columns.of(parts, placed -> placed.part().errorCode()),
                Columns.of(parts, placed -> placed.part().attempt()),
                Columns.of(parts, placed -> placed.part().dueAt()),
                Columns.of(parts, placed -> placed.part().leaseUntil()),
                Columns.of(parts, placed -> placed.part().askAt()),
                Columns.of(parts, placed -> placed.part().updatedAt()));
    }

    /** Closes the journal of the attempts that the reports are about. */
    void finishAttempts(List<? extends Report> reports) {
        List<? extends Report> finished =
                reports.stream().filter(report -> report.attempt() != null).toList();
        if (finished.isEmpty()) {
            return;
        }
        jdbc.update(
                FINISH_ATTEMPTS,
                Columns.of(finished, Report::attempt),
                Columns.of(finished, report -> report.outcome().name()),
                Columns.of(finished, report -> report.at()));
    }

    private void rememberSenders(List<Message> messages) {
        List<Message> sent = messages.stream()
                .filter(message ->
                        message.sender().isPresent() && message.status().isWithTwilio())
                .toList();
        if (sent.isEmpty()) {
            return;
        }
        jdbc.update(
                REMEMBER_SENDERS,
                Columns.of(sent, message -> message.key().site()),
                Columns.of(sent, Message::contact),
                Columns.of(sent, message -> message.sender().orElse(null)));
    }

    /** Keeps every report as it was heard, also those that changed nothing. */
    void keep(List<Heard> heard) {
        if (heard.isEmpty()) {
            return;
        }
        jdbc.update(
                KEEP_REPORTS,
                Columns.of(heard, one -> one.report().reportId()),
                Columns.of(heard, one -> one.report().message().site()),
                Columns.of(heard, one -> one.report().message().messageId()),
                Columns.of(heard, one -> one.report().part()),
                Columns.of(heard, one -> one.report().sid()),
                Columns.of(heard, one -> one.report().word()),
                Columns.of(heard, one -> one.report().errorCode()),
                Columns.of(heard, one -> one.report().source().name()),
                Columns.of(heard, Heard::advanced),
                Columns.of(heard, one -> one.report().at()));
    }
}

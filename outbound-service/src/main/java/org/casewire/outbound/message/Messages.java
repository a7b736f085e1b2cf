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
import org.casewire.outbound.message.Report.Told;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** Owns the tables of messages, their parts and what was reported of them; everything is read and written in batches. */
@Repository
class Messages {

    private static final String LOCK = """
            SELECT m.site, m.message_id, m.contact, m.sender, m.case_kind, m.case_id, m.sent_by, m.purpose,
                   m.attributes, m.trace_parent, m.hold_reason, m.erased_at IS NOT NULL AS erased,
                   p.part, p.body, p.media_url, p.segments, p.status, p.sid, p.error_code, p.attempt, p.attempt_at,
                   p.due_at, p.lease_until, p.ask_person, p.ask_at, p.updated_at, p.line_at
            FROM message m
            JOIN part p USING (site, message_id)
            WHERE (m.site, m.message_id) IN (SELECT * FROM unnest(?::text[], ?::uuid[]))
            ORDER BY m.site, m.message_id, p.part
            FOR UPDATE OF m, p
            """;

    private static final String SAVE_PARTS = """
            UPDATE part SET status = n.status, sid = n.sid, error_code = n.error_code, attempt = n.attempt,
                            attempt_at = n.attempt_at, due_at = n.due_at, lease_until = n.lease_until,
                            ask_person = n.ask_person, ask_at = n.ask_at, updated_at = n.updated_at
            FROM unnest(?::text[], ?::uuid[], ?::int[], ?::text[], ?::text[], ?::int[], ?::uuid[], ?::timestamptz[],
                        ?::timestamptz[], ?::timestamptz[], ?::boolean[], ?::timestamptz[], ?::timestamptz[])
                 AS n (site, message_id, part, status, sid, error_code, attempt, attempt_at, due_at, lease_until,
                       ask_person, ask_at, updated_at)
            WHERE part.site = n.site AND part.message_id = n.message_id AND part.part = n.part
            """;

    private static final String KEEP_ATTEMPTS = """
            INSERT INTO attempt (attempt, site, message_id, part, started_at, finished_at, outcome)
            SELECT * FROM unnest(?::uuid[], ?::text[], ?::uuid[], ?::int[], ?::timestamptz[], ?::timestamptz[], ?::text[])
            ON CONFLICT DO NOTHING
            """;

    private static final String KEEP_SURPLUS = """
            INSERT INTO surplus_text (site, sid, message_id, part, at)
            SELECT * FROM unnest(?::text[], ?::text[], ?::uuid[], ?::int[], ?::timestamptz[])
            ON CONFLICT DO NOTHING
            RETURNING message_id
            """;

    private static final String SAVE_MESSAGES = """
            UPDATE message SET status = n.status, hold_reason = n.hold_reason,
                               rejection_reason = coalesce(n.reason, rejection_reason),
                               rejection_detail = coalesce(n.detail, rejection_detail),
                               cancelled_by = coalesce(n.cancelled_by, message.cancelled_by),
                               cancel_reason = coalesce(n.cancel_reason, message.cancel_reason)
            FROM unnest(?::text[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                 AS n (site, message_id, status, hold_reason, reason, detail, cancelled_by, cancel_reason)
            WHERE message.site = n.site AND message.message_id = n.message_id
            """;

    private static final String KEEP_REPORTS = """
            INSERT INTO status_report (report_id, site, message_id, part, sid, status, error_code, source, advanced, at)
            SELECT * FROM unnest(?::text[], ?::text[], ?::uuid[], ?::int[], ?::text[], ?::text[], ?::int[], ?::text[],
                                 ?::boolean[], ?::timestamptz[])
            ON CONFLICT DO NOTHING
            """;

    private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

    private final JdbcTemplate jdbc;

    Messages(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    private record Row(
            MessageHeader header,
            String traceParent,
            Instant wantedAt,
            @Nullable Hold hold,
            boolean erased,
            Part part) {

        static Row of(ResultSet result, int number) throws SQLException {
            return new Row(
                    Messages.header(result),
                    result.getString("trace_parent"),
                    result.getTimestamp("line_at").toInstant(),
                    Messages.hold(result),
                    result.getBoolean("erased"),
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
                any.header(),
                any.traceParent(),
                any.wantedAt(),
                parts.stream().map(Row::part).toList(),
                any.hold(),
                any.erased());
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
                instant(result, "attempt_at"),
                result.getTimestamp("due_at").toInstant(),
                instant(result, "lease_until"),
                result.getBoolean("ask_person"),
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
                                .orElse(null)),
                Columns.of(
                        all,
                        message -> message.cancellation()
                                .map(Message.Cancellation::by)
                                .orElse(null)),
                Columns.of(
                        all,
                        message -> message.cancellation()
                                .map(Message.Cancellation::reason)
                                .orElse(null)));
        keepAttempts(
                all.stream().flatMap(message -> message.attempts().stream()).toList());
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
                Columns.of(parts, placed -> placed.part().attemptAt()),
                Columns.of(parts, placed -> placed.part().dueAt()),
                Columns.of(parts, placed -> placed.part().leaseUntil()),
                Columns.of(parts, placed -> placed.part().askPerson()),
                Columns.of(parts, placed -> placed.part().askAt()),
                Columns.of(parts, placed -> placed.part().updatedAt()));
    }

    private void keepAttempts(List<Attempt> attempts) {
        if (attempts.isEmpty()) {
            return;
        }
        jdbc.update(
                KEEP_ATTEMPTS,
                Columns.of(attempts, Attempt::attempt),
                Columns.of(attempts, attempt -> attempt.message().site()),
                Columns.of(attempts, attempt -> attempt.message().messageId()),
                Columns.of(attempts, Attempt::part),
                Columns.of(attempts, Attempt::startedAt),
                Columns.of(attempts, Attempt::finishedAt),
                Columns.of(attempts, Attempt::outcome));
    }

    /** Remembers texts that are beyond what was asked for; returns the messages of those not known before. */
    List<UUID> keepSurplus(List<Told> surplus) {
        return surplus.isEmpty()
                ? List.of()
                : jdbc.query(
                        KEEP_SURPLUS,
                        (row, number) -> row.getObject("message_id", UUID.class),
                        Columns.of(surplus, told -> told.message().site()),
                        Columns.of(surplus, Told::sid),
                        Columns.of(surplus, told -> told.message().messageId()),
                        Columns.of(surplus, Told::part),
                        Columns.of(surplus, Told::at));
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

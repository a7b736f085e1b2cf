package org.casewire.routing.sent;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.casewire.events.CaseRef;
import org.casewire.events.Conversation;
import org.casewire.events.MessageHeader;
import org.casewire.events.Purpose;
import org.casewire.events.rows.Columns;
import org.casewire.events.transport.WireJson;
import org.casewire.routing.matching.Facts.Texted;
import org.casewire.routing.sent.SentMessage.Rejection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table of messages. */
@Repository
public class SentMessages {

    private static final String LOCK = """
            SELECT message.*
            FROM unnest(?::text[], ?::uuid[]) AS wanted (site, message_id)
            JOIN sent_message AS message ON message.site = wanted.site AND message.message_id = wanted.message_id
            FOR UPDATE OF message
            """;

    private static final String SAVE = """
            INSERT INTO sent_message
                   (site, message_id, contact, sender, case_kind, case_id, sent_by, purpose, at, last_accepted_at,
                    total_parts, parts, reason, detail, status, error_code, erased_at)
            SELECT * FROM unnest(?::text[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                                 ?::text[], ?::timestamptz[], ?::timestamptz[], ?::integer[], ?::jsonb[],
                                 ?::text[], ?::text[], ?::text[], ?::integer[], ?::timestamptz[])
            ON CONFLICT (site, message_id) DO UPDATE
            SET sender = EXCLUDED.sender, last_accepted_at = EXCLUDED.last_accepted_at,
                total_parts = EXCLUDED.total_parts, parts = EXCLUDED.parts, reason = EXCLUDED.reason,
                detail = EXCLUDED.detail, status = EXCLUDED.status, error_code = EXCLUDED.error_code,
                erased_at = EXCLUDED.erased_at
            RETURNING site, message_id, old.site IS NULL AS is_new
            """;

    private static final String BY_KEY = """
            SELECT message.*
            FROM unnest(?::text[], ?::uuid[]) AS wanted (site, message_id)
            JOIN sent_message AS message ON message.site = wanted.site AND message.message_id = wanted.message_id
            """;

    /** A message counts by the last of its parts that was accepted before the moment in question. */
    private static final String TEXTED_BEFORE = """
            SELECT wanted.site, wanted.contact, wanted.moment, message.case_kind, message.case_id, file.updated_at,
                   file.gone_at IS NOT NULL AS gone,
                   max(CASE WHEN message.last_accepted_at < wanted.moment THEN message.last_accepted_at
                            ELSE (SELECT max((part ->> 'acceptedAt')::timestamptz)
                                  FROM jsonb_array_elements(message.parts) AS part
                                  WHERE (part ->> 'acceptedAt')::timestamptz < wanted.moment)
                       END) AS accepted_at
            FROM unnest(?::text[], ?::text[], ?::timestamptz[]) AS wanted (site, contact, moment)
            JOIN sent_message AS message
              ON message.site = wanted.site AND message.contact = wanted.contact AND message.at < wanted.moment
             AND message.case_id IS NOT NULL AND message.last_accepted_at IS NOT NULL
            LEFT JOIN case_file AS file
                   ON file.site = message.site AND file.kind = message.case_kind AND file.case_id = message.case_id
            GROUP BY 1, 2, 3, 4, 5, 6, 7
            """;

    private final JdbcTemplate jdbc;

    SentMessages(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    Map<MessageKey, SentMessage> lock(Collection<MessageKey> keys) {
        Map<MessageKey, SentMessage> found = new LinkedHashMap<>();
        jdbc.query(
                        LOCK,
                        SentMessages::message,
                        Columns.of(keys, MessageKey::site),
                        Columns.of(keys, MessageKey::messageId))
                .forEach(message -> found.put(message.key(), message));
        return found;
    }

    /** Returns those that were not there before. */
    Set<MessageKey> save(Collection<SentMessage> messages) {
        Set<MessageKey> added = new HashSet<>();
        if (messages.isEmpty()) {
            return added;
        }
        jdbc.query(
                SAVE,
                row -> {
                    if (row.getBoolean("is_new")) {
                        added.add(new MessageKey(row.getString("site"), row.getObject("message_id", UUID.class)));
                    }
                },
                Columns.of(messages, one -> one.conversation().site()),
                Columns.of(messages, SentMessage::messageId),
                Columns.of(messages, one -> one.conversation().contact()),
                Columns.of(messages, one -> one.header().from()),
                Columns.of(messages, one -> caseOf(one).map(CaseRef::kind).orElse(null)),
                Columns.of(messages, one -> caseOf(one).map(CaseRef::id).orElse(null)),
                Columns.of(messages, one -> one.header().sentBy()),
                Columns.of(messages, one -> one.header().purpose()),
                Columns.of(messages, SentMessage::at),
                Columns.of(messages, SentMessage::lastAcceptedAt),
                Columns.of(messages, SentMessage::totalParts),
                Columns.json(messages, SentMessage::parts),
                Columns.of(
                        messages, one -> one.rejection().map(Rejection::reason).orElse(null)),
                Columns.of(
                        messages, one -> one.rejection().map(Rejection::detail).orElse(null)),
                Columns.of(messages, SentMessage::status),
                Columns.of(messages, SentMessage::errorCode),
                Columns.of(messages, one -> one.erasedAt().orElse(null)));
        return added;
    }

    private static Optional<CaseRef> caseOf(SentMessage message) {
        return Optional.ofNullable(message.header().caseRef());
    }

    /** Those of these messages that are there. */
    public List<SentMessage> byKey(Collection<MessageKey> keys) {
        return keys.isEmpty()
                ? List.of()
                : jdbc.query(
                        BY_KEY,
                        SentMessages::message,
                        Columns.of(keys, MessageKey::site),
                        Columns.of(keys, MessageKey::messageId));
    }

    /** A person and a moment. */
    public record Moment(Conversation conversation, Instant before) {}

    /** The cases that had texted these people by then, each with its last time before it. */
    public Map<Moment, List<Texted>> textedBefore(Collection<Moment> moments) {
        Map<Moment, List<Texted>> found = new HashMap<>();
        if (moments.isEmpty()) {
            return found;
        }
        jdbc.query(
                TEXTED_BEFORE,
                row -> {
                    Instant acceptedAt = Columns.timeOrNull(row, "accepted_at");
                    if (acceptedAt != null) {
                        found.computeIfAbsent(moment(row), one -> new ArrayList<>())
                                .add(new Texted(
                                        ref(row),
                                        acceptedAt,
                                        Columns.timeOrNull(row, "updated_at"),
                                        row.getBoolean("gone")));
                    }
                },
                Columns.of(moments, one -> one.conversation().site()),
                Columns.of(moments, one -> one.conversation().contact()),
                Columns.of(moments, Moment::before));
        return found;
    }

    private static Moment moment(ResultSet row) throws SQLException {
        return new Moment(
                new Conversation(row.getString("site"), row.getString("contact")), Columns.time(row, "moment"));
    }

    private static CaseRef ref(ResultSet row) throws SQLException {
        return new CaseRef(CaseRef.Kind.valueOf(row.getString("case_kind")), row.getString("case_id"));
    }

    static SentMessage message(ResultSet row, int number) throws SQLException {
        String site = row.getString("site");
        String contact = row.getString("contact");
        String reason = row.getString("reason");
        MessageHeader header = new MessageHeader(
                row.getObject("message_id", UUID.class),
                site,
                contact,
                row.getString("sender"),
                row.getString("case_id") == null ? null : ref(row),
                row.getString("sent_by"),
                Purpose.valueOf(row.getString("purpose")),
                Map.of());
        return new SentMessage(
                new Conversation(site, contact),
                header,
                Columns.time(row, "at"),
                row.getInt("total_parts"),
                List.of(WireJson.MAPPER.readValue(row.getString("parts"), Part[].class)),
                reason == null ? null : new Rejection(reason, row.getString("detail")),
                Columns.timeOrNull(row, "erased_at"));
    }
}

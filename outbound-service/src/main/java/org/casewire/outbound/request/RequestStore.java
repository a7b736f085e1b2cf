package org.casewire.outbound.request;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.casewire.events.Conversation;
import org.casewire.events.rows.Columns;
import org.casewire.outbound.gate.Verdict;
import org.casewire.outbound.message.Message;
import org.casewire.outbound.message.Message.Rejection;
import org.casewire.outbound.message.MessageKey;
import org.casewire.outbound.message.MessageStatus;
import org.casewire.outbound.request.Acceptance.Line;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Repository;

/** Adds requests to the tables of messages and parts, and finds what was added before. */
@Repository
class RequestStore {

    /** A row without a fingerprint is a cancellation that overtook its request: it stays cancelled. */
    private static final String INSERT_MESSAGES = """
            INSERT INTO message (site, message_id, contact, sender, body, media_urls, case_kind, case_id, sent_by,
                                 purpose, audience, text_demanded, attributes, fingerprint, parts, status,
                                 rejection_reason, rejection_detail, hold_reason, send_at, expires_at, trace_parent,
                                 created_at)
            SELECT site, message_id, contact, sender, body, ARRAY(SELECT jsonb_array_elements_text(media::jsonb)),
                   case_kind, case_id, sent_by, purpose, audience, text_demanded, attributes::jsonb,
                   decode(fingerprint, 'hex'), parts, status, reason, detail, hold, send_at, expires_at, trace_parent,
                   created_at
            FROM unnest(?::text[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                        ?::text[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::text[], ?::int[], ?::text[],
                        ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::text[],
                        ?::timestamptz[])
                 AS n (site, message_id, contact, sender, body, media, case_kind, case_id, sent_by, purpose, audience,
                       text_demanded, attributes, fingerprint, parts, status, reason, detail, hold, send_at,
                       expires_at, trace_parent, created_at)
            ON CONFLICT (site, message_id) DO UPDATE
            SET contact = excluded.contact, sender = excluded.sender, body = excluded.body,
                media_urls = excluded.media_urls, case_kind = excluded.case_kind, case_id = excluded.case_id,
                sent_by = excluded.sent_by, purpose = excluded.purpose, audience = excluded.audience,
                attributes = excluded.attributes, fingerprint = excluded.fingerprint, send_at = excluded.send_at,
                expires_at = excluded.expires_at, trace_parent = excluded.trace_parent
            WHERE message.fingerprint IS NULL
            RETURNING site, message_id, status, cancelled_by, cancel_reason
            """;

    private static final String INSERT_PARTS = """
            INSERT INTO part (site, message_id, part, parts, contact, sender, lane, line_at, due_at, expires_at, body,
                              media_url, segments, status, updated_at)
            SELECT site, message_id, part, parts, contact, sender, lane, line_at, due_at, expires_at, body, media_url,
                   segments, status, updated_at
            FROM unnest(?::text[], ?::uuid[], ?::int[], ?::int[], ?::text[], ?::text[], ?::int[], ?::timestamptz[],
                        ?::timestamptz[], ?::timestamptz[], ?::text[], ?::text[], ?::int[], ?::text[], ?::timestamptz[])
                 WITH ORDINALITY
                 AS n (site, message_id, part, parts, contact, sender, lane, line_at, due_at, expires_at, body,
                       media_url, segments, status, updated_at, place)
            ORDER BY place
            """;

    private static final String FINGERPRINTS = """
            SELECT site, message_id, encode(fingerprint, 'hex') AS fingerprint, status
            FROM message
            WHERE (site, message_id) IN (SELECT * FROM unnest(?::text[], ?::uuid[]))
            """;

    private static final String LAST_SENDERS = """
            SELECT n.site, n.contact, last.sender
            FROM unnest(?::text[], ?::text[]) AS n (site, contact)
            CROSS JOIN LATERAL (
                SELECT m.sender FROM message m
                WHERE m.site = n.site AND m.contact = n.contact
                  AND m.status IN ('ACCEPTED', 'QUEUED', 'SENT', 'DELIVERED', 'UNDELIVERED', 'FAILED', 'READ')
                ORDER BY m.created_at DESC
                LIMIT 1) last
            """;

    private final JdbcTemplate jdbc;

    RequestStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A request that was kept before; a cancellation alone has no fingerprint. */
    record Kept(@Nullable String fingerprint, MessageStatus status) {

        boolean isOf(Checked request) {
            return hex(request).equals(fingerprint);
        }
    }

    /** Where a request stands that was just kept: perhaps called off already. */
    record Added(
            MessageStatus status,
            @Nullable String cancelledBy,
            @Nullable String cancelReason) {}

    private record NewPart(Line line, int number, Content content) {

        Checked request() {
            return line.request();
        }
    }

    /** Adds the messages whose ids are new, with the parts of those that are to be sent. */
    Map<MessageKey, Added> addNew(List<Line> lines, Instant now) {
        Map<MessageKey, Added> added = new HashMap<>();
        RowCallbackHandler collect = row -> added.put(
                key(row),
                new Added(
                        MessageStatus.valueOf(row.getString("status")),
                        row.getString("cancelled_by"),
                        row.getString("cancel_reason")));
        List<Checked> requests = lines.stream().map(Line::request).toList();
        jdbc.query(
                INSERT_MESSAGES,
                collect,
                Columns.of(requests, request -> request.key().site()),
                Columns.of(requests, request -> request.key().messageId()),
                Columns.of(requests, Checked::contact),
                Columns.of(requests, Checked::sender),
                Columns.of(requests, Checked::body),
                Columns.json(requests, Checked::mediaUrls),
                Columns.of(
                        requests,
                        request -> request.caseRef() == null
                                ? null
                                : request.caseRef().kind()),
                Columns.of(
                        requests,
                        request -> request.caseRef() == null
                                ? null
                                : request.caseRef().id()),
                Columns.of(requests, Checked::sentBy),
                Columns.of(requests, Checked::purpose),
                Columns.of(requests, Checked::audience),
                Columns.of(requests, Checked::textDemanded),
                Columns.json(requests, Checked::attributes),
                Columns.of(requests, RequestStore::hex),
                Columns.of(requests, request -> request.parts().size()),
                Columns.of(lines, line -> line.status(now)),
                Columns.of(
                        requests,
                        request -> request.rejection().map(Rejection::reason).orElse(null)),
                Columns.of(
                        requests,
                        request -> request.rejection().map(Rejection::detail).orElse(null)),
                Columns.of(lines, RequestStore::holdReason),
                Columns.of(requests, Checked::sendAt),
                Columns.of(requests, Checked::expiresAt),
                Columns.of(requests, Checked::traceParent),
                Columns.of(requests, request -> now));
        insertParts(lines.stream().filter(line -> isInLine(line, added)).toList(), now);
        return added;
    }

    private static boolean isInLine(Line line, Map<MessageKey, Added> added) {
        Added fresh = added.get(line.request().key());
        return fresh != null && fresh.status().isWaiting();
    }

    private static @Nullable Object holdReason(Line line) {
        return line.hold() == null ? null : line.hold().reason();
    }

    private static Instant dueAt(Line line) {
        Verdict.Wait hold = line.hold();
        if (hold == null) {
            return line.request().lineAt();
        }
        return hold.until() == null ? Message.HOLD_WITHOUT_END : hold.until();
    }

    private static MessageKey key(ResultSet row) throws SQLException {
        return new MessageKey(row.getString("site"), row.getObject("message_id", UUID.class));
    }

    /** The sender each person last heard from. */
    Map<Conversation, String> lastSenders(List<Checked> requests) {
        Map<Conversation, String> last = new HashMap<>();
        RowCallbackHandler collect = row ->
                last.put(new Conversation(row.getString("site"), row.getString("contact")), row.getString("sender"));
        jdbc.query(
                LAST_SENDERS,
                collect,
                Columns.of(requests, request -> request.key().site()),
                Columns.of(requests, Checked::contact));
        return last;
    }

    Map<MessageKey, Kept> find(List<MessageKey> keys) {
        Map<MessageKey, Kept> kept = new HashMap<>();
        RowCallbackHandler collect = row -> kept.put(
                key(row), new Kept(row.getString("fingerprint"), MessageStatus.valueOf(row.getString("status"))));
        jdbc.query(FINGERPRINTS, collect, Columns.of(keys, MessageKey::site), Columns.of(keys, MessageKey::messageId));
        return kept;
    }

    private void insertParts(List<Line> lines, Instant now) {
        List<NewPart> parts = lines.stream().flatMap(RequestStore::parts).toList();
        if (parts.isEmpty()) {
            return;
        }
        jdbc.update(
                INSERT_PARTS,
                Columns.of(parts, part -> part.request().key().site()),
                Columns.of(parts, part -> part.request().key().messageId()),
                Columns.of(parts, NewPart::number),
                Columns.of(parts, part -> part.request().parts().size()),
                Columns.of(parts, part -> part.request().contact()),
                Columns.of(parts, part -> part.request().sender()),
                Columns.of(parts, part -> part.request().lane()),
                Columns.of(parts, part -> part.request().lineAt()),
                Columns.of(parts, part -> dueAt(part.line())),
                Columns.of(parts, part -> part.request().expiresAt()),
                Columns.of(parts, part -> part.content().body()),
                Columns.of(parts, part -> part.content().mediaUrl()),
                Columns.of(parts, part -> part.content().segments()),
                Columns.of(parts, part -> part.line().status(now)),
                Columns.of(parts, part -> now));
    }

    private static Stream<NewPart> parts(Line line) {
        List<Content> parts = line.request().parts();
        return IntStream.range(0, parts.size()).mapToObj(i -> new NewPart(line, i + 1, parts.get(i)));
    }

    private static String hex(Checked request) {
        return HexFormat.of().formatHex(request.fingerprint());
    }
}

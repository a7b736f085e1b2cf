package org.casewire.outbound.request;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.casewire.events.rows.Columns;
import org.casewire.outbound.message.Message.Rejection;
import org.casewire.outbound.message.MessageKey;
import org.casewire.outbound.message.MessageStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Repository;

/** Adds requests to the tables of messages and parts, and finds what was added before. */
@Repository
class RequestStore {

    private static final String INSERT_MESSAGES = """
            INSERT INTO message (site, message_id, contact, sender, body, media_urls, case_kind, case_id, sent_by,
                                 purpose, audience, attributes, fingerprint, parts, status, rejection_reason,
                                 rejection_detail, send_at, expires_at, trace_parent, created_at)
            SELECT site, message_id, contact, sender, body, ARRAY(SELECT jsonb_array_elements_text(media::jsonb)),
                   case_kind, case_id, sent_by, purpose, audience, attributes::jsonb, decode(fingerprint, 'hex'), parts,
                   status, reason, detail, send_at, expires_at, trace_parent, created_at
            FROM unnest(?::text[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                        ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::text[], ?::text[],
                        ?::text[], ?::timestamptz[], ?::timestamptz[], ?::text[], ?::timestamptz[])
                 AS n (site, message_id, contact, sender, body, media, case_kind, case_id, sent_by, purpose, audience,
                       attributes, fingerprint, parts, status, reason, detail, send_at, expires_at, trace_parent,
                       created_at)
            ON CONFLICT DO NOTHING
            RETURNING site, message_id
            """;

    private static final String INSERT_PARTS = """
            INSERT INTO part (site, message_id, part, contact, lane, line_at, due_at, expires_at, body, media_url,
                              segments, status, updated_at)
            SELECT site, message_id, part, contact, lane, line_at, line_at, expires_at, body, media_url, segments,
                   status, updated_at
            FROM unnest(?::text[], ?::uuid[], ?::int[], ?::text[], ?::int[], ?::timestamptz[], ?::timestamptz[],
                        ?::text[], ?::text[], ?::int[], ?::text[], ?::timestamptz[])
                 WITH ORDINALITY
                 AS n (site, message_id, part, contact, lane, line_at, expires_at, body, media_url, segments, status,
                       updated_at, place)
            ORDER BY place
            """;

    private static final String FINGERPRINTS = """
            SELECT site, message_id, encode(fingerprint, 'hex') AS fingerprint, status
            FROM message
            WHERE (site, message_id) IN (SELECT * FROM unnest(?::text[], ?::uuid[]))
            """;

    private static final String LAST_SENDERS = """
            SELECT site, contact, sender FROM last_sender
            WHERE (site, contact) IN (SELECT * FROM unnest(?::text[], ?::text[]))
            """;

    private final JdbcTemplate jdbc;

    RequestStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A request that was kept before. */
    record Kept(String fingerprint, MessageStatus status) {

        boolean isOf(Checked request) {
            return fingerprint.equals(hex(request));
        }
    }

    /** Somebody a site texts. */
    record Person(String site, String contact) {

        static Person of(Checked request) {
            return new Person(request.key().site(), request.contact());
        }
    }

    private record NewPart(Checked request, int number, Content content) {}

    /** Adds the messages whose ids are new, with the parts of those that are to be sent; returns their keys. */
    Set<MessageKey> addNew(List<Checked> requests, Instant now) {
        Set<MessageKey> added = new HashSet<>(jdbc.query(
                INSERT_MESSAGES,
                (row, number) -> key(row),
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
                Columns.json(requests, Checked::attributes),
                Columns.of(requests, RequestStore::hex),
                Columns.of(requests, request -> request.parts().size()),
                Columns.of(requests, request -> request.status(now)),
                Columns.of(
                        requests,
                        request -> request.rejection().map(Rejection::reason).orElse(null)),
                Columns.of(
                        requests,
                        request -> request.rejection().map(Rejection::detail).orElse(null)),
                Columns.of(requests, Checked::sendAt),
                Columns.of(requests, Checked::expiresAt),
                Columns.of(requests, Checked::traceParent),
                Columns.of(requests, request -> now)));
        insertParts(
                requests.stream()
                        .filter(request -> added.contains(request.key()))
                        .toList(),
                now);
        return added;
    }

    private static MessageKey key(ResultSet row) throws SQLException {
        return new MessageKey(row.getString("site"), row.getObject("message_id", UUID.class));
    }

    Map<Person, String> lastSenders(List<Checked> requests) {
        Map<Person, String> last = new HashMap<>();
        RowCallbackHandler collect =
                row -> last.put(new Person(row.getString("site"), row.getString("contact")), row.getString("sender"));
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

    private void insertParts(List<Checked> requests, Instant now) {
        List<NewPart> parts = requests.stream().flatMap(RequestStore::parts).toList();
        if (parts.isEmpty()) {
            return;
        }
        jdbc.update(
                INSERT_PARTS,
                Columns.of(parts, part -> part.request().key().site()),
                Columns.of(parts, part -> part.request().key().messageId()),
                Columns.of(parts, NewPart::number),
                Columns.of(parts, part -> part.request().contact()),
                Columns.of(parts, part -> part.request().lane()),
                Columns.of(parts, part -> part.request().lineAt()),
                Columns.of(parts, part -> part.request().expiresAt()),
                Columns.of(parts, part -> part.content().body()),
                Columns.of(parts, part -> part.content().mediaUrl()),
                Columns.of(parts, part -> part.content().segments()),
                Columns.of(parts, part -> part.request().status(now)),
                Columns.of(parts, part -> now));
    }

    private static Stream<NewPart> parts(Checked request) {
        List<Content> parts = request.parts();
        return IntStream.range(0, parts.size()).mapToObj(i -> new NewPart(request, i + 1, parts.get(i)));
    }

    private static String hex(Checked request) {
        return HexFormat.of().formatHex(request.fingerprint());
    }
}

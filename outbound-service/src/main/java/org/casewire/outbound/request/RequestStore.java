package org.casewire.outbound.request;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.casewire.events.transport.WireJson;
import org.casewire.outbound.message.Message.Rejection;
import org.casewire.outbound.message.MessageKey;
import org.casewire.outbound.message.MessageStatus;
import org.casewire.outbound.text.Segments;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
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

    private record NewPart(
            Checked request,
            int number,
            @Nullable String body,
            @Nullable String mediaUrl) {

        int segments() {
            return body == null ? 1 : Segments.count(body);
        }
    }

    /** Adds the messages whose ids are new, with the parts of those that are to be sent; returns their keys. */
    Set<MessageKey> addNew(List<Checked> requests, Instant now) {
        Set<MessageKey> added = new HashSet<>();
        jdbc.query(INSERT_MESSAGES, statement -> fillMessages(statement, requests, now), row -> {
            added.add(new MessageKey(row.getString("site"), row.getObject("message_id", UUID.class)));
        });
        insertParts(
                requests.stream()
                        .filter(request -> added.contains(request.key()))
                        .toList(),
                now);
        return added;
    }

    Map<Person, String> lastSenders(List<Checked> requests) {
        Map<Person, String> last = new HashMap<>();
        jdbc.query(
                LAST_SENDERS,
                statement -> {
                    statement.setArray(
                            1,
                            texts(statement, requests, request -> request.key().site()));
                    statement.setArray(2, texts(statement, requests, Checked::contact));
                },
                row -> {
                    last.put(new Person(row.getString("site"), row.getString("contact")), row.getString("sender"));
                });
        return last;
    }

    Map<MessageKey, Kept> find(List<MessageKey> keys) {
        Map<MessageKey, Kept> kept = new HashMap<>();
        jdbc.query(
                FINGERPRINTS,
                statement -> {
                    statement.setArray(1, texts(statement, keys, MessageKey::site));
                    statement.setArray(2, texts(statement, keys, MessageKey::messageId));
                },
                row -> {
                    kept.put(
                            new MessageKey(row.getString("site"), row.getObject("message_id", UUID.class)),
                            new Kept(row.getString("fingerprint"), MessageStatus.valueOf(row.getString("status"))));
                });
        return kept;
    }

    private static void fillMessages(PreparedStatement statement, List<Checked> requests, Instant now)
            throws SQLException {
        List<Function<Checked, @Nullable Object>> columns = List.of(
                request -> request.key().site(),
                request -> request.key().messageId(),
                Checked::contact,
                Checked::sender,
                Checked::body,
                request -> WireJson.MAPPER.writeValueAsString(request.mediaUrls()),
                request -> request.caseRef() == null
                        ? null
                        : request.caseRef().kind().name(),
                request -> request.caseRef() == null ? null : request.caseRef().id(),
                Checked::sentBy,
                request -> request.purpose().name(),
                request -> request.audience().name(),
                request -> WireJson.MAPPER.writeValueAsString(request.attributes()),
                RequestStore::hex,
                request -> parts(request).size(),
                request -> request.status(now).name(),
                request -> request.rejection().map(why -> why.reason().name()).orElse(null),
                request -> request.rejection().map(Rejection::detail).orElse(null),
                Checked::sendAt,
                Checked::expiresAt,
                Checked::traceParent,
                request -> now);
        for (int column = 0; column < columns.size(); column++) {
            statement.setArray(column + 1, texts(statement, requests, columns.get(column)));
        }
    }

    private void insertParts(List<Checked> requests, Instant now) {
        List<NewPart> parts =
                requests.stream().flatMap(request -> parts(request).stream()).toList();
        if (parts.isEmpty()) {
            return;
        }
        List<Function<NewPart, @Nullable Object>> columns = List.of(
                part -> part.request().key().site(),
                part -> part.request().key().messageId(),
                NewPart::number,
                part -> part.request().contact(),
                part -> part.request().lane(),
                part -> part.request().lineAt(),
                part -> part.request().expiresAt(),
                NewPart::body,
                NewPart::mediaUrl,
                NewPart::segments,
                part -> part.request().status(now).name(),
                part -> now);
        jdbc.update(INSERT_PARTS, statement -> {
            for (int column = 0; column < columns.size(); column++) {
                statement.setArray(column + 1, texts(statement, parts, columns.get(column)));
            }
        });
    }

    /** The text first, then each picture as a message of its own. */
    private static List<NewPart> parts(Checked request) {
        if (request.rejection().isPresent()) {
            return List.of();
        }
        List<NewPart> parts = new ArrayList<>();
        if (request.body() != null) {
            parts.add(new NewPart(request, 1, request.body(), null));
        }
        request.mediaUrls().forEach(url -> parts.add(new NewPart(request, parts.size() + 1, null, url)));
        return parts;
    }

    private static String hex(Checked request) {
        return HexFormat.of().formatHex(request.fingerprint());
    }

    private static <T> Array texts(
            PreparedStatement statement, List<T> rows, Function<T, ? extends @Nullable Object> column)
            throws SQLException {
        @Nullable Object[] values = new @Nullable Object[rows.size()];
        Arrays.setAll(values, row -> {
            Object value = column.apply(rows.get(row));
            return value == null ? null : value.toString();
        });
        return statement.getConnection().createArrayOf("text", values);
    }
}

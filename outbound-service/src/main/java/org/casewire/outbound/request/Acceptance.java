package org.casewire.outbound.request;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.casewire.events.MessageHeader;
import org.casewire.events.OutboundEvent;
import org.casewire.events.OutboundEvent.MessageRejected;
import org.casewire.events.OutboundEvent.MessageScheduled;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteDocument.Sender;
import org.casewire.events.outbox.Outbox;
import org.casewire.events.outbox.Outbox.Outgoing;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.WireJson;
import org.casewire.outbound.message.DueSignal;
import org.casewire.outbound.message.Message.Rejection;
import org.casewire.outbound.message.MessageKey;
import org.casewire.outbound.message.MessageStatus;
import org.casewire.outbound.text.Segments;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Takes requests in, once each, and puts their parts in line: one transaction and a handful of statements a batch. */
@Service
class Acceptance {

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
    private final Outbox outbox;
    private final Sites sites;
    private final DueSignal due;
    private final Clock clock;

    Acceptance(JdbcTemplate jdbc, Outbox outbox, Sites sites, DueSignal due, Clock clock) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.sites = sites;
        this.due = due;
        this.clock = clock;
    }

    /** What became of one request. */
    sealed interface Taken {

        /** It is new and was kept. */
        record New(MessageStatus status) implements Taken {}

        /** The same request had come before. */
        record Repeat(MessageStatus status) implements Taken {}

        /** Another request had come under the same id. */
        record Reused() implements Taken {}
    }

    private record Kept(String fingerprint, MessageStatus status) {}

    private record NewPart(
            Checked request,
            int number,
            @Nullable String body,
            @Nullable String mediaUrl) {
        int segments() {
            return body == null ? 1 : Segments.count(body);
        }
    }

    /** Keeps what is new; answers in the order of the requests. */
    @Transactional
    public List<Taken> accept(List<Checked> requests) {
        Instant now = clock.instant();
        Map<MessageKey, Checked> firsts = new LinkedHashMap<>();
        requests.forEach(request -> firsts.putIfAbsent(request.key(), request));
        List<Checked> candidates = withSenders(List.copyOf(firsts.values()));
        Set<MessageKey> inserted = insertMessages(candidates, now);
        List<Checked> fresh = candidates.stream()
                .filter(request -> inserted.contains(request.key()))
                .toList();
        insertParts(fresh, now);
        outbox.append(fresh.stream()
                .flatMap(request ->
                        event(request, now).stream().map(event -> new Outgoing(event, request.traceParent())))
                .toList());
        signalAfterCommit();
        return verdicts(requests, inserted, now);
    }

    private List<Taken> verdicts(List<Checked> requests, Set<MessageKey> inserted, Instant now) {
        List<MessageKey> repeated = new ArrayList<>();
        Set<MessageKey> seen = new HashSet<>();
        for (Checked request : requests) {
            if (!seen.add(request.key()) || !inserted.contains(request.key())) {
                repeated.add(request.key());
            }
        }
        Map<MessageKey, Kept> kept = repeated.isEmpty() ? Map.of() : kept(repeated);
        Set<MessageKey> told = new HashSet<>();
        return requests.stream()
                .<Taken>map(request -> {
                    if (inserted.contains(request.key()) && told.add(request.key())) {
                        return new Taken.New(status(request, now));
                    }
                    Kept known = kept.get(request.key());
                    return known != null && known.fingerprint().equals(hex(request))
                            ? new Taken.Repeat(known.status())
                            : new Taken.Reused();
                })
                .toList();
    }

    private static MessageStatus status(Checked request, Instant now) {
        if (request.rejection().isPresent()) {
            return MessageStatus.REJECTED;
        }
        return request.isScheduled(now) ? MessageStatus.SCHEDULED : MessageStatus.WAITING;
    }

    private static List<OutboundEvent> event(Checked request, Instant now) {
        MessageHeader header = new MessageHeader(
                request.key().messageId(),
                request.key().site(),
                request.contact(),
                request.sender(),
                request.caseRef(),
                request.sentBy(),
                request.purpose(),
                request.attributes());
        if (request.rejection().isPresent()) {
            Rejection why = request.rejection().get();
            return List.of(new MessageRejected(header, now, why.reason(), why.detail(), request.body()));
        }
        return request.isScheduled(now)
                ? List.of(new MessageScheduled(header, now, request.lineAt(), request.body()))
                : List.of();
    }

    private void signalAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                due.raise();
            }
        });
    }

    private record Pair(String site, String contact) {}

    /** A conversation stays with the sender it has, as long as that sender is still the site's. */
    private List<Checked> withSenders(List<Checked> requests) {
        List<Checked> open = requests.stream()
                .filter(request ->
                        request.sender() == null && request.rejection().isEmpty())
                .toList();
        if (open.isEmpty()) {
            return requests;
        }
        Map<Pair, String> last = new HashMap<>();
        jdbc.query(
                LAST_SENDERS,
                statement -> {
                    statement.setArray(
                            1,
                            array(
                                    statement,
                                    "text",
                                    open,
                                    request -> request.key().site()));
                    statement.setArray(2, array(statement, "text", open, Checked::contact));
                },
                result -> {
                    last.put(
                            new Pair(result.getString("site"), result.getString("contact")),
                            result.getString("sender"));
                });
        return requests.stream()
                .map(request -> request.sender() == null && request.rejection().isEmpty()
                        ? withSender(request, last.get(new Pair(request.key().site(), request.contact())))
                        : request)
                .toList();
    }

    private Checked withSender(Checked r, @Nullable String last) {
        List<String> own = sites.find(r.key().site()).map(SiteDocument::senders).orElse(List.of()).stream()
                .map(Sender::address)
                .toList();
        String sender = last != null && own.contains(last) ? last : own.getFirst();
        return new Checked(
                r.key(),
                r.contact(),
                sender,
                r.body(),
                r.mediaUrls(),
                r.caseRef(),
                r.sentBy(),
                r.purpose(),
                r.audience(),
                r.attributes(),
                r.sendAt(),
                r.expiresAt(),
                r.lineAt(),
                r.fingerprint(),
                r.traceParent(),
                r.rejection());
    }

    private Set<MessageKey> insertMessages(List<Checked> requests, Instant now) {
        Set<MessageKey> inserted = new HashSet<>();
        jdbc.query(INSERT_MESSAGES, statement -> fillMessages(statement, requests, now), result -> {
            inserted.add(key(result.getString("site"), result.getObject("message_id", UUID.class)));
        });
        return inserted;
    }

    private static MessageKey key(String site, UUID id) {
        return new MessageKey(site, id);
    }

    private static void fillMessages(PreparedStatement statement, List<Checked> requests, Instant now)
            throws SQLException {
        List<Function<Checked, @Nullable Object>> texts = List.of(
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
                Acceptance::hex,
                request -> parts(request).size(),
                request -> status(request, now).name(),
                request -> request.rejection().map(why -> why.reason().name()).orElse(null),
                request -> request.rejection().map(Rejection::detail).orElse(null),
                Checked::sendAt,
                Checked::expiresAt,
                Checked::traceParent,
                request -> now);
        for (int column = 0; column < texts.size(); column++) {
            statement.setArray(column + 1, array(statement, "text", requests, texts.get(column)));
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
                part -> status(part.request(), now).name(),
                part -> now);
        jdbc.update(INSERT_PARTS, statement -> {
            for (int column = 0; column < columns.size(); column++) {
                statement.setArray(column + 1, array(statement, "text", parts, columns.get(column)));
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

    private Map<MessageKey, Kept> kept(List<MessageKey> keys) {
        Map<MessageKey, Kept> kept = new HashMap<>();
        jdbc.query(
                FINGERPRINTS,
                statement -> {
                    statement.setArray(1, array(statement, "text", keys, MessageKey::site));
                    statement.setArray(2, array(statement, "uuid", keys, MessageKey::messageId));
                },
                result -> {
                    kept.put(
                            key(result.getString("site"), result.getObject("message_id", UUID.class)),
                            new Kept(
                                    result.getString("fingerprint"),
                                    MessageStatus.valueOf(result.getString("status"))));
                });
        return kept;
    }

    private static String hex(Checked request) {
        return java.util.HexFormat.of().formatHex(request.fingerprint());
    }

    private static <T> Array array(
            PreparedStatement statement, String type, List<T> rows, Function<T, ? extends @Nullable Object> column)
            throws SQLException {
        @Nullable Object[] values = new @Nullable Object[rows.size()];
        Arrays.setAll(values, row -> {
            Object value = column.apply(rows.get(row));
            return value == null ? null : value.toString();
        });
        return statement.getConnection().createArrayOf(type, values);
    }
}

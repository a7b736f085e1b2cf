package org.casewire.outbound.message;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.casewire.events.CaseRef;
import org.casewire.events.Purpose;
import org.casewire.events.RejectionReason;
import org.casewire.events.page.PageRequest;
import org.casewire.events.transport.WireJson;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** Messages as people and upstream applications look at them. */
@Repository
public class MessageViews {

    /** Whether the next part of a message is being called: the claim writes that on the part alone. */
    private static final String IS_SENDING = """
            (status = 'WAITING' AND EXISTS (
                SELECT FROM part
                WHERE part.site = message.site AND part.message_id = message.message_id AND part.status = 'SENDING'))""";

    private static final String COLUMNS = """
            SELECT site, message_id, contact, sender, body, to_json(media_urls)::text AS media_urls, case_kind, case_id,
                   sent_by, purpose, audience, attributes, CASE WHEN %s THEN 'SENDING' ELSE status END AS status,
                   rejection_reason, rejection_detail, hold_reason, cancelled_by, cancel_reason, send_at, expires_at,
                   created_at,
                   (SELECT min(part.due_at) FROM part
                    WHERE part.site = message.site AND part.message_id = message.message_id
                      AND message.status = 'HELD' AND part.status = 'HELD') AS held_until
            FROM message
            """.formatted(IS_SENDING);

    private static final String NEWEST = COLUMNS + """
            WHERE site = :site AND fingerprint IS NOT NULL
              AND (:status::text IS NULL
                   OR CASE WHEN %s THEN 'SENDING' ELSE status END = ANY (string_to_array(:status, ',')))
              AND (:contact::text IS NULL OR contact = :contact)
              AND (:caseKind::text IS NULL OR (case_kind = :caseKind AND case_id = :caseId))
              AND (:purpose::text IS NULL OR purpose = :purpose)
              AND (:from::timestamptz IS NULL OR created_at >= :from::timestamptz)
              AND (:until::timestamptz IS NULL OR created_at < :until::timestamptz)
              AND (created_at, message_id::text COLLATE "C") < (:beforeAt::timestamptz, :beforeId)
            ORDER BY created_at DESC, message_id DESC
            LIMIT :limit
            """.formatted(IS_SENDING);

    private static final String ONE = COLUMNS + "WHERE site = :site AND message_id = :id AND fingerprint IS NOT NULL";

    private static final String PARTS = """
            SELECT part, body, media_url, segments, status, sid, error_code, attempt, attempt_at, due_at, lease_until,
                   ask_person, ask_at, updated_at
            FROM part WHERE site = :site AND message_id = :id ORDER BY part
            """;

    private static final String HISTORY = """
            SELECT part, sid, status, error_code, source, advanced, at
            FROM status_report WHERE site = :site AND message_id = :id ORDER BY seq
            """;

    private static final String STATUS = "SELECT status FROM message WHERE site = :site AND message_id = :id";

    private static final Set<MessageStatus> BEFORE_TWILIO =
            Set.of(MessageStatus.WAITING, MessageStatus.SENDING, MessageStatus.IN_DOUBT);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);
    private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    private final JdbcClient jdbc;

    MessageViews(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A message as it was asked for and where it stands. */
    public record Overview(
            UUID messageId,
            String site,
            String to,
            @Nullable String from,
            @Nullable String body,
            List<String> mediaUrls,
            @Nullable CaseRef caseRef,
            @Nullable String sentBy,
            Purpose purpose,
            String audience,
            Map<String, String> attributes,
            MessageStatus status,
            @Nullable RejectionReason reason,
            @Nullable String detail,
            @Nullable String holdReason,
            @Nullable Instant heldUntil,
            @Nullable String cancelledBy,
            @Nullable String cancelReason,
            @Nullable Instant sendAt,
            @Nullable Instant expiresAt,
            Instant createdAt) {}

    /** Where a part stands. */
    public record PartView(
            int part,
            @Nullable String body,
            @Nullable String mediaUrl,
            int segments,
            MessageStatus status,
            @Nullable String sid,
            @Nullable Integer errorCode,
            @Nullable Instant nextTryAt,
            @Nullable Doubt doubt,
            Instant updatedAt) {}

    /**
     * An attempt of which nobody knows whether Twilio took it.
     *
     * @param askPerson whether Twilio cannot tell, and a person is to decide
     */
    public record Doubt(@Nullable Instant attemptedAt, boolean askPerson) {}

    /** Why a message has not left. */
    public record Waits(String sentence, @Nullable Instant until) {}

    /** One thing Twilio said. */
    public record Said(
            int part,
            @Nullable String sid,
            MessageStatus status,
            String twilioStatus,
            @Nullable Integer errorCode,
            String source,
            Instant at) {}

    /** A message with its parts and the history of its status. */
    public record Detail(Overview message, List<PartView> parts, List<Said> history) {}

    /** Which messages are wanted; null wants them all. */
    record Filter(
            @Nullable String status,
            @Nullable String contact,
            @Nullable CaseRef caseRef,
            @Nullable String purpose,
            @Nullable Instant from,
            @Nullable Instant until) {}

    List<Overview> newest(String site, Filter filter, PageRequest wanted) {
        CaseRef caseRef = filter.caseRef();
        return jdbc.sql(NEWEST)
                .param("site", site)
                .param("status", filter.status())
                .param("contact", filter.contact())
                .param("caseKind", caseRef == null ? null : caseRef.kind().name())
                .param("caseId", caseRef == null ? null : caseRef.id())
                .param("purpose", filter.purpose())
                .param("from", text(filter.from()))
                .param("until", text(filter.until()))
                .param("beforeAt", text(wanted.after().at()))
                .param("beforeId", wanted.after().ref())
                .param("limit", wanted.oneMore())
                .query(MessageViews::overview)
                .list();
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    Optional<Detail> one(String site, UUID id) {
        return jdbc.sql(ONE)
                .param("site", site)
                .param("id", id)
                .query(MessageViews::overview)
                .optional()
                .map(message -> new Detail(message, parts(site, id), history(site, id)));
    }

    private List<PartView> parts(String site, UUID id) {
        return jdbc.sql(PARTS)
                .param("site", site)
                .param("id", id)
                .query((result, row) -> view(Messages.part(result)))
                .list();
    }

    private static PartView view(Part part) {
        return new PartView(
                part.number(),
                part.body(),
                part.mediaUrl(),
                part.segments(),
                part.status(),
                part.sid(),
                part.errorCode(),
                part.status().isWaiting() && !part.dueAt().equals(Message.HOLD_WITHOUT_END) ? part.dueAt() : null,
                part.status() == MessageStatus.IN_DOUBT ? new Doubt(part.attemptAt(), part.askPerson()) : null,
                part.updatedAt());
    }

    /** What moved the parts forward; repeats and late reports are kept but not history. */
    private List<Said> history(String site, UUID id) {
        return jdbc.sql(HISTORY).param("site", site).param("id", id).query(MessageViews::said).list().stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Said> said(ResultSet result, int row) throws SQLException {
        if (!result.getBoolean("advanced")) {
            return Optional.empty();
        }
        String word = result.getString("status");
        return Optional.of(new Said(
                result.getInt("part"),
                result.getString("sid"),
                MessageStatus.fromTwilio(word).orElse(MessageStatus.ACCEPTED),
                word,
                result.getObject("error_code", Integer.class),
                result.getString("source"),
                result.getTimestamp("at").toInstant()));
    }

    /** Waits until Twilio has answered, the message ended or waits for another time, at most so long. */
    public MessageStatus awaitTwilio(MessageKey key, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        MessageStatus status = status(key);
        while (BEFORE_TWILIO.contains(status)
                && System.nanoTime() < end
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            status = status(key);
        }
        return status;
    }

    private MessageStatus status(MessageKey key) {
        return jdbc.sql(STATUS)
                .param("site", key.site())
                .param("id", key.messageId())
                .query((result, row) -> MessageStatus.valueOf(result.getString("status")))
                .single();
    }

    private static @Nullable Instant endOfHold(ResultSet result) throws SQLException {
        Instant until = Messages.instant(result, "held_until");
        return until == null || until.equals(Message.HOLD_WITHOUT_END) ? null : until;
    }

    private static Overview overview(ResultSet result, int row) throws SQLException {
        String reason = result.getString("rejection_reason");
        return new Overview(
                result.getObject("message_id", UUID.class),
                result.getString("site"),
                result.getString("contact"),
                result.getString("sender"),
                result.getString("body"),
                WireJson.MAPPER.readValue(result.getString("media_urls"), TEXTS),
                Messages.caseRef(result),
                result.getString("sent_by"),
                Purpose.valueOf(result.getString("purpose")),
                result.getString("audience"),
                WireJson.MAPPER.readValue(result.getString("attributes"), STRINGS),
                MessageStatus.valueOf(result.getString("status")),
                reason == null ? null : RejectionReason.valueOf(reason),
                result.getString("rejection_detail"),
                result.getString("hold_reason"),
                endOfHold(result),
                result.getString("cancelled_by"),
                result.getString("cancel_reason"),
                Messages.instant(result, "send_at"),
                Messages.instant(result, "expires_at"),
                result.getTimestamp("created_at").toInstant());
    }
}

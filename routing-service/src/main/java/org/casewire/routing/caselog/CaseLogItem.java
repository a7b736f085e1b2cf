package org.casewire.routing.caselog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.casewire.events.CaseRef;
import org.casewire.events.InboundEvent.Media;
import org.casewire.events.Purpose;
import org.casewire.events.page.Cursor;
import org.casewire.routing.matching.Rule;
import org.casewire.routing.reply.Reply;
import org.casewire.routing.sent.MessageStatus;
import org.casewire.routing.sent.SentMessage;
import org.casewire.routing.sent.SentMessage.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * A text in the log of a case.
 *
 * @param messageId of a sent text
 * @param sid of a received one
 * @param cases all cases a received text stands on
 * @param reason why a text was never sent
 */
record CaseLogItem(
        Direction direction,
        @Nullable UUID messageId,
        @Nullable String sid,
        String contact,
        @Nullable String from,
        String to,
        String body,
        List<Media> media,
        Instant at,
        @Nullable MessageStatus status,
        @Nullable Integer errorCode,
        @Nullable String reason,
        @Nullable String detail,
        @Nullable String sentBy,
        @Nullable Purpose purpose,
        List<CaseRef> cases,
        @Nullable Rule rule,
        List<String> explanation) {

    /** Which way a text went. */
    enum Direction {
        SENT,
        RECEIVED
    }

    static CaseLogItem of(SentMessage sent) {
        Optional<Rejection> rejection = sent.rejection();
        return new CaseLogItem(
                Direction.SENT,
                sent.messageId(),
                null,
                sent.conversation().contact(),
                sent.header().from(),
                sent.conversation().contact(),
                sent.body(),
                sent.mediaUrls().stream().map(url -> new Media(url, null)).toList(),
                sent.at(),
                sent.status(),
                sent.errorCode(),
                rejection.map(Rejection::reason).orElse(null),
                rejection.map(Rejection::detail).orElse(null),
                sent.header().sentBy(),
                sent.header().purpose(),
                Optional.ofNullable(sent.header().caseRef()).stream().toList(),
                null,
                List.of());
    }

    static CaseLogItem of(Reply reply) {
        return new CaseLogItem(
                Direction.RECEIVED,
                null,
                reply.text().sid(),
                reply.text().conversation().contact(),
                reply.text().conversation().contact(),
                reply.text().to(),
                reply.text().body(),
                reply.text().media(),
                reply.text().receivedAt(),
                null,
                null,
                null,
                null,
                null,
                null,
                reply.destination().cases(),
                reply.filing().rule(),
                reply.explanation());
    }

    Cursor place() {
        return new Cursor(at, messageId != null ? messageId.toString() : String.valueOf(sid));
    }
}

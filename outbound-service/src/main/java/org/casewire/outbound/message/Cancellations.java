package org.casewire.outbound.message;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.casewire.events.outbox.Outbox;
import org.casewire.events.outbox.Outbox.Outgoing;
import org.casewire.events.rows.Columns;
import org.casewire.outbound.message.Message.Cancelled;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Calls messages off. A claim and a cancellation want the same rows: whoever has them first wins, and the other one
 * sees it. A cancellation that overtakes its request takes the request's place in the table, so that the request finds
 * it there.
 */
@Service
public class Cancellations {

    private static final String TAKE_PLACES = """
            INSERT INTO message (site, message_id, contact, purpose, audience, parts, status, cancelled_by,
                                 cancel_reason, trace_parent, created_at)
            SELECT site, message_id, contact, 'CONVERSATION', 'CLIENT', 0, 'CANCELLED', cancelled_by, reason,
                   trace_parent, at
            FROM unnest(?::text[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[])
                 AS n (site, message_id, contact, cancelled_by, reason, trace_parent, at)
            ON CONFLICT DO NOTHING
            RETURNING site, message_id
            """;

    private static final String ENDED =
            "SELECT status FROM message WHERE site = ? AND message_id = ? AND fingerprint IS NOT NULL";

    private final Messages messages;
    private final Outbox outbox;
    private final Tally tally;
    private final JdbcTemplate jdbc;

    Cancellations(Messages messages, Outbox outbox, Tally tally, JdbcTemplate jdbc) {
        this.messages = messages;
        this.outbox = outbox;
        this.tally = tally;
        this.jdbc = jdbc;
    }

    /** Calls off what is there and remembers the rest until its request comes. */
    @Transactional
    public void cancelOrRemember(List<Cancel> cancels) {
        Map<MessageKey, Cancel> firsts = new LinkedHashMap<>();
        cancels.forEach(cancel -> firsts.putIfAbsent(cancel.message(), cancel));
        Set<MessageKey> remembered = takePlaces(firsts.values());
        cancelAll(firsts.values().stream()
                .filter(cancel -> !remembered.contains(cancel.message()))
                .toList());
    }

    /** Calls one message off; empty when there is none of that id. */
    @Transactional
    public Optional<Cancelled> cancel(Cancel cancel) {
        Cancelled outcome = cancelAll(List.of(cancel)).get(cancel.message());
        return outcome == null ? endedBefore(cancel.message()) : Optional.of(outcome);
    }

    /** What was refused or called off before it had parts. */
    private Optional<Cancelled> endedBefore(MessageKey key) {
        return jdbc.queryForList(ENDED, String.class, key.site(), key.messageId()).stream()
                .map(status -> MessageStatus.valueOf(status) == MessageStatus.CANCELLED
                        ? Cancelled.BEFORE
                        : Cancelled.ALREADY_ENDED)
                .findFirst();
    }

    private Set<MessageKey> takePlaces(Collection<Cancel> cancels) {
        return new HashSet<>(jdbc.query(
                TAKE_PLACES,
                (row, number) -> new MessageKey(row.getString("site"), row.getObject("message_id", UUID.class)),
                Columns.of(cancels, cancel -> cancel.message().site()),
                Columns.of(cancels, cancel -> cancel.message().messageId()),
                Columns.of(cancels, cancel -> cancel.contact() == null ? "" : cancel.contact()),
                Columns.of(cancels, Cancel::by),
                Columns.of(cancels, Cancel::reason),
                Columns.of(cancels, Cancel::traceParent),
                Columns.of(cancels, Cancel::at)));
    }

    private Map<MessageKey, Cancelled> cancelAll(List<Cancel> cancels) {
        Map<MessageKey, Message> locked =
                messages.lock(cancels.stream().map(Cancel::message).toList());
        Map<MessageKey, Cancelled> outcomes = new LinkedHashMap<>();
        for (Cancel cancel : cancels) {
            Message message = locked.get(cancel.message());
            if (message != null) {
                outcomes.put(cancel.message(), message.cancel(cancel.by(), cancel.reason(), cancel.at()));
            }
        }
        messages.save(locked.values());
        outbox.append(tally.counted(locked.values().stream()
                .flatMap(message -> message.events().stream().map(event -> new Outgoing(event, message.traceParent())))
                .toList()));
        return outcomes;
    }
}

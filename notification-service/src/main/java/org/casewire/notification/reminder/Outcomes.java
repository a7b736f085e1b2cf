package org.casewire.notification.reminder;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.OutboundEvent;
import org.casewire.events.OutboundEvent.MessageAccepted;
import org.casewire.events.OutboundEvent.MessageCancelled;
import org.casewire.events.OutboundEvent.MessageHeld;
import org.casewire.events.OutboundEvent.MessageRejected;
import org.casewire.events.OutboundEvent.MessageScheduled;
import org.casewire.events.OutboundEvent.MessageStatusChanged;
import org.casewire.events.Purpose;
import org.casewire.events.rows.Columns;
import org.casewire.events.transport.Received;
import org.casewire.notification.outbound.Mention;
import org.casewire.notification.outbound.OutboundFollower;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What became of reminders that were handed over. One that left after all, although it was called off, has left. */
@Component
class Outcomes implements OutboundFollower {

    private static final Mention REMINDER = Mention.of(Purpose.REMINDER.name());

    private static final String SENT = """
            UPDATE reminders SET state = 'SENT', reason = NULL, changed_at = :now::timestamptz
            WHERE message_id = ANY (:messages::uuid[]) AND state IN ('HANDED_OVER', 'DROPPED', 'NOT_SENT')
            """;

    private static final String NOT_SENT = """
            UPDATE reminders SET state = 'NOT_SENT', reason = refused.reason, changed_at = :now::timestamptz
            FROM unnest(:messages::uuid[], :reasons::text[]) AS refused (message_id, reason)
            WHERE reminders.message_id = refused.message_id AND state = 'HANDED_OVER'
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    Outcomes(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param reason why it did not leave, null when it did */
    private record Outcome(UUID messageId, @Nullable String reason) {

        /** Null where nothing ended. */
        static @Nullable Outcome of(Received<OutboundEvent> received) {
            return switch (received) {
                case Received.Arrived<OutboundEvent>(OutboundEvent event, var problems, var origin) -> of(event);
                case Received.Tombstone<OutboundEvent> _ -> null;
            };
        }

        private static @Nullable Outcome of(OutboundEvent event) {
            UUID id = event.message().messageId();
            return switch (event) {
                case MessageAccepted _ -> new Outcome(id, null);
                case MessageRejected rejected ->
                    new Outcome(id, rejected.reason().name());
                case MessageCancelled _ -> new Outcome(id, Reason.CALLED_OFF.name());
                case MessageScheduled _, MessageHeld _, MessageStatusChanged _ -> null;
            };
        }
    }

    @Override
    public boolean mayConcern(ConsumerRecord<String, byte[]> message) {
        return REMINDER.isIn(message);
    }

    @Override
    @Transactional
    public void follow(List<Received<OutboundEvent>> batch) {
        List<Outcome> outcomes = batch.stream()
                .map(Outcome::of)
                .filter(one -> one != null)
                .sorted((a, b) -> a.messageId().compareTo(b.messageId()))
                .toList();
        List<Outcome> refused =
                outcomes.stream().filter(one -> one.reason() != null).toList();
        List<Outcome> sent =
                outcomes.stream().filter(one -> one.reason() == null).toList();
        if (!refused.isEmpty()) {
            of(NOT_SENT, refused)
                    .param("reasons", Columns.of(refused, Outcome::reason))
                    .update();
        }
        if (!sent.isEmpty()) {
            of(SENT, sent).update();
        }
    }

    private JdbcClient.StatementSpec of(String sql, List<Outcome> outcomes) {
        return jdbc.sql(sql)
                .param("messages", Columns.of(outcomes, Outcome::messageId))
                .param("now", clock.instant().toString());
    }
}

package org.casewire.notification.unanswered;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.MessageHeader;
import org.casewire.events.OutboundEvent;
import org.casewire.events.OutboundEvent.MessageAccepted;
import org.casewire.events.OutboundEvent.MessageCancelled;
import org.casewire.events.OutboundEvent.MessageHeld;
import org.casewire.events.OutboundEvent.MessageRejected;
import org.casewire.events.OutboundEvent.MessageScheduled;
import org.casewire.events.OutboundEvent.MessageStatusChanged;
import org.casewire.events.OutboundEvent.Status;
import org.casewire.events.Purpose;
import org.casewire.events.rows.Columns;
import org.casewire.events.transport.Received;
import org.casewire.notification.outbound.Mention;
import org.casewire.notification.outbound.OutboundFollower;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What staff wrote to people: texts of a conversation that somebody is named for and that Twilio took. What reached
 * nobody is no answer; reminders, notices and the site's own text response are none either.
 */
@Component
class Answers implements OutboundFollower {

    private static final Mention CONVERSATION = Mention.of(Purpose.CONVERSATION.name());
    private static final Mention ACCEPTED = Mention.of("segments");
    private static final Mention FAILED = Mention.of(Status.FAILED.name());
    private static final Mention UNDELIVERED = Mention.of(Status.UNDELIVERED.name());

    private static final String ADD = """
            INSERT INTO answers (site, message_id, part, contact, at)
            SELECT * FROM unnest(:sites::text[], :messages::uuid[], :parts::integer[], :contacts::text[],
                   :times::timestamptz[])
            ON CONFLICT DO NOTHING
            """;

    private static final String FAIL = """
            UPDATE answers SET failed = true
            FROM unnest(:sites::text[], :messages::uuid[], :parts::integer[]) AS lost (site, message_id, part)
            WHERE answers.site = lost.site AND answers.message_id = lost.message_id AND answers.part = lost.part
            """;

    private final JdbcClient jdbc;

    Answers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean mayConcern(ConsumerRecord<String, byte[]> message) {
        return CONVERSATION.isIn(message)
                && (ACCEPTED.isIn(message) || FAILED.isIn(message) || UNDELIVERED.isIn(message));
    }

    private record Part(MessageHeader message, OutboundEvent event, int number) {}

    @Override
    @Transactional
    public void follow(List<Received<OutboundEvent>> batch) {
        List<Part> accepted = new ArrayList<>();
        List<Part> failed = new ArrayList<>();
        for (Received<OutboundEvent> received : batch) {
            if (received instanceof Received.Arrived<OutboundEvent>(OutboundEvent event, var problems, var origin)
                    && isByStaff(event.message())) {
                sort(event, accepted, failed);
            }
        }
        if (!accepted.isEmpty()) {
            parts(ADD, accepted)
                    .param(
                            "contacts",
                            Columns.of(accepted, part -> part.message().to()))
                    .param("times", Columns.of(accepted, part -> part.event().at()))
                    .update();
        }
        if (!failed.isEmpty()) {
            parts(FAIL, failed).update();
        }
    }

    private static boolean isByStaff(MessageHeader message) {
        String sentBy = message.sentBy();
        return message.purpose() == Purpose.CONVERSATION && sentBy != null && !sentBy.isBlank();
    }

    private static void sort(OutboundEvent event, List<Part> accepted, List<Part> failed) {
        switch (event) {
            case MessageAccepted taken -> accepted.add(new Part(event.message(), event, taken.part()));
            case MessageStatusChanged changed -> {
                if (changed.status() == Status.FAILED || changed.status() == Status.UNDELIVERED) {
                    failed.add(new Part(event.message(), event, changed.part()));
                }
            }
            case MessageScheduled _, MessageHeld _, MessageRejected _, MessageCancelled _ -> {
                // Nothing left.
            }
        }
    }

    private JdbcClient.StatementSpec parts(String sql, List<Part> parts) {
        return jdbc.sql(sql)
                .param("sites", Columns.of(parts, part -> part.message().site()))
                .param("messages", Columns.of(parts, part -> part.message().messageId()))
                .param("parts", Columns.of(parts, Part::number));
    }
}

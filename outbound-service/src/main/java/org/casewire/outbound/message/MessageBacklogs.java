package org.casewire.outbound.message;

import org.casewire.events.OutboundEvent.Hold;
import org.casewire.events.backlog.Backlog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What waits among the texts, by why it waits. */
@Configuration(proxyBeanMethods = false)
class MessageBacklogs {

    private static final String WAITING = """
            SELECT count(*) AS waiting, min(since) AS oldest
            FROM (SELECT %s AS since FROM part WHERE status = '%s' LIMIT %d) AS waiters
            """;

    private static Backlog of(String queue, String status, String since) {
        return new Backlog(queue, WAITING.formatted(since, status, Backlog.MOST));
    }

    /** May leave, and waits for its sender's turn. */
    @Bean
    Backlog readyBacklog() {
        return of("ready", "WAITING", "due_at");
    }

    /** Waits for a time of its own; its age is that of a text that is overdue. */
    @Bean
    Backlog scheduledBacklog() {
        return of("scheduled", "SCHEDULED", "due_at");
    }

    /** Quiet hours, a pause or Twilio's refusal keep it back until then. */
    @Bean
    Backlog heldBacklog() {
        return Backlog.byReason("held", Hold.values(), """
                SELECT coalesce(hold_reason, '') AS reason, count(*) AS waiting, min(due_at) AS oldest
                FROM (SELECT site, message_id, due_at FROM part WHERE status = 'HELD' LIMIT %d) AS waiters
                     JOIN message USING (site, message_id)
                GROUP BY hold_reason
                """.formatted(Backlog.MOST));
    }

    /** Twilio is being asked to send it. */
    @Bean
    Backlog sendingBacklog() {
        return of("sending", "SENDING", "attempt_at");
    }

    /** Twilio may have it or not. */
    @Bean
    Backlog doubtBacklog() {
        return of("doubt", "IN_DOUBT", "attempt_at");
    }
}

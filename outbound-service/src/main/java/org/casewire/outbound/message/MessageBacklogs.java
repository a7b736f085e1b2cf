package org.casewire.outbound.message;

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
        return of("held", "HELD", "due_at");
    }

    /** Twilio may have it or not. */
    @Bean
    Backlog doubtBacklog() {
        return of("doubt", "IN_DOUBT", "attempt_at");
    }
}

package org.casewire.notification.reminder;

import org.casewire.events.backlog.Backlog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The reminders to come; their age is that of one that is overdue. */
@Configuration(proxyBeanMethods = false)
class ReminderBacklog {

    @Bean
    Backlog pendingRemindersBacklog() {
        return new Backlog("reminders", """
                SELECT count(*) AS waiting, min(due_at) AS oldest
                FROM (SELECT due_at FROM reminders WHERE state = 'PENDING' ORDER BY due_at LIMIT %d) AS waiters
                """.formatted(Backlog.MOST));
    }
}

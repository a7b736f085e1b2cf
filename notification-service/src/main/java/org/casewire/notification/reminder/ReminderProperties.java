package org.casewire.notification.reminder;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How reminders are handed over.
 *
 * @param poll how often is looked for due ones
 * @param batch how many are handed over in one transaction
 * @param catchUp how long over a reminder's moment may have been when its entry was written, so that it leaves at once
 * @param keep how long after its start a reminder is kept for those who ask what became of it
 */
@ConfigurationProperties("casewire.reminders")
record ReminderProperties(
        @DefaultValue("200ms") Duration poll,
        @DefaultValue("1000") int batch,
        @DefaultValue("1d") Duration catchUp,
        @DefaultValue("90d") Duration keep) {}

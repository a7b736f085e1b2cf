package org.casewire.notification.reminder;

import org.casewire.notification.retention.Expiring;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which reminders and entries are over. */
@Configuration(proxyBeanMethods = false)
class OldReminders {

    /**
     * The newest plan of each person and duration goes last, and which generations were used is kept: an entry that
     * comes back never asks for a text under an id that was used.
     */
    @Bean
    Expiring expiringReminders(ReminderProperties properties) {
        return new Expiring("reminder", properties.keep(), """
                WITH gone AS (
                    DELETE FROM reminders WHERE id IN (
                        SELECT id FROM reminders AS old
                        WHERE starts_at < :before::timestamptz
                          AND NOT EXISTS (SELECT FROM reminders AS earlier
                                          WHERE earlier.site = old.site AND earlier.entry_id = old.entry_id
                                            AND earlier.person = old.person AND earlier.is_client = old.is_client
                                            AND earlier.remind_before = old.remind_before AND earlier.generation < old.generation
                                            AND earlier.starts_at >= :before::timestamptz)
                        ORDER BY starts_at LIMIT :most
                        FOR UPDATE SKIP LOCKED)
                    RETURNING site, generation),
                used AS (
                    INSERT INTO used_generations AS known (site, generation)
                    SELECT site, max(generation) FROM gone GROUP BY site ORDER BY site
                    ON CONFLICT (site) DO UPDATE SET generation = greatest(known.generation, excluded.generation))
                SELECT count(*) FROM gone
                """);
    }

    @Bean
    Expiring expiringEntries(ReminderProperties properties) {
        return new Expiring("entry", properties.keep(), """
                WITH deleted AS (
                    DELETE FROM calendar_entries WHERE (site, entry_id) IN (
                        SELECT site, entry_id FROM calendar_entries AS old
                        WHERE greatest(starts_at, log_time) < :before::timestamptz
                          AND NOT EXISTS (SELECT FROM reminders
                                          WHERE reminders.site = old.site AND reminders.entry_id = old.entry_id)
                        ORDER BY greatest(starts_at, log_time) LIMIT :most
                        FOR UPDATE SKIP LOCKED)
                    RETURNING entry_id)
                SELECT count(*) FROM deleted
                """);
    }
}

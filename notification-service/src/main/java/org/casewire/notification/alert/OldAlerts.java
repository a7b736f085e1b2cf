package org.casewire.notification.alert;

import org.casewire.notification.retention.Expiring;
import org.casewire.notification.retention.RetentionProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which alerts and texts are of no use to anybody any more. */
@Configuration(proxyBeanMethods = false)
class OldAlerts {

    @Bean
    Expiring expiringAlerts(RetentionProperties properties) {
        return new Expiring("dismissed_alert", properties.alerts(), """
                WITH gone AS (
                    DELETE FROM alerts WHERE alert_id IN (
                        SELECT alert_id FROM alerts
                        WHERE dismissed_at < :before::timestamptz
                        ORDER BY dismissed_at LIMIT :most
                        FOR UPDATE SKIP LOCKED)
                    RETURNING alert_id)
                SELECT count(*) FROM gone
                """);
    }

    /** Whose alerts have gone, and who waits for no answer to it. A move of such a text is one of a text never seen. */
    @Bean
    Expiring expiringTexts(RetentionProperties properties) {
        return new Expiring("text", properties.alerts(), """
                WITH gone AS (
                    DELETE FROM replies WHERE (site, sid) IN (
                        SELECT site, sid FROM replies
                        WHERE greatest(received_at, moved_at, '-infinity') < :before::timestamptz
                          AND NOT EXISTS (SELECT FROM jsonb_array_elements(filings) AS filing
                                          JOIN alerts ON alert_id = (filing ->> 'alertId')::uuid)
                          AND NOT EXISTS (SELECT FROM waiting_texts AS waiting
                                          WHERE waiting.site = replies.site AND waiting.contact = replies.contact
                                            AND waiting.sid = replies.sid)
                        ORDER BY greatest(received_at, moved_at, '-infinity') LIMIT :most
                        FOR UPDATE SKIP LOCKED)
                    RETURNING sid)
                SELECT count(*) FROM gone
                """);
    }
}

package org.casewire.notification.notice;

import org.casewire.notification.retention.Expiring;
import org.casewire.notification.retention.RetentionProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which activities are reported no more, and which windows nobody counts in. */
@Configuration(proxyBeanMethods = false)
class OldActivities {

    @Bean
    Expiring expiringActivities(RetentionProperties properties) {
        return new Expiring("activity", properties.activities(), """
                WITH gone AS (
                    DELETE FROM activities WHERE (site, activity_id) IN (
                        SELECT site, activity_id FROM activities
                        WHERE told_at < :before::timestamptz
                        ORDER BY told_at LIMIT :most
                        FOR UPDATE SKIP LOCKED)
                    RETURNING activity_id)
                SELECT count(*) FROM gone
                """);
    }

    @Bean
    Expiring expiringWindows(RetentionProperties properties) {
        return new Expiring("notice_window", properties.activities(), """
                WITH gone AS (
                    DELETE FROM notice_windows WHERE (site, mobile) IN (
                        SELECT site, mobile FROM notice_windows
                        WHERE held = 0 AND closes_at < :before::timestamptz
                        ORDER BY closes_at LIMIT :most
                        FOR UPDATE SKIP LOCKED)
                    RETURNING mobile)
                SELECT count(*) FROM gone
                """);
    }
}

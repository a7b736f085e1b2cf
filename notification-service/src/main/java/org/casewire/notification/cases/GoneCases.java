package org.casewire.notification.cases;

import org.casewire.notification.retention.Expiring;
import org.casewire.notification.retention.RetentionProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which cases the upstream deleted long ago. */
@Configuration(proxyBeanMethods = false)
class GoneCases {

    @Bean
    Expiring expiringCases(RetentionProperties properties) {
        return new Expiring("gone_case", properties.gone(), """
                WITH deleted AS (
                    DELETE FROM cases WHERE (site, kind, case_id) IN (
                        SELECT site, kind, case_id FROM cases
                        WHERE gone AND log_time < :before::timestamptz
                        ORDER BY log_time LIMIT :most
                        FOR UPDATE SKIP LOCKED)
                    RETURNING case_id)
                SELECT count(*) FROM deleted
                """);
    }
}

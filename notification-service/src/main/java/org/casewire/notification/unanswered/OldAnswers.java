package org.casewire.notification.unanswered;

import org.casewire.notification.retention.Expiring;
import org.casewire.notification.retention.RetentionProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What was said to whom so long ago that it answers nothing any more. */
@Configuration(proxyBeanMethods = false)
class OldAnswers {

    @Bean
    Expiring expiringAnsweredTexts(RetentionProperties properties) {
        return new Expiring("answered_text", properties.answers(), """
                WITH gone AS (
                    DELETE FROM waiting_texts WHERE (site, kind, case_id, contact, received_at, sid) IN (
                        SELECT site, kind, case_id, contact, received_at, sid FROM waiting_texts AS waiting
                        WHERE received_at < :before::timestamptz
                          AND received_at <= (SELECT max(at) FROM answers
                                              WHERE answers.site = waiting.site AND answers.contact = waiting.contact
                                                AND NOT failed AND at < :before::timestamptz)
                        ORDER BY received_at LIMIT :most
                        FOR UPDATE SKIP LOCKED)
                    RETURNING sid)
                SELECT count(*) FROM gone
                """);
    }

    /** The last answer to everybody stays: whatever came before it is answered, whenever it is looked at. */
    @Bean
    Expiring expiringAnswers(RetentionProperties properties) {
        return new Expiring("answer", properties.answers(), """
                WITH gone AS (
                    DELETE FROM answers WHERE (site, message_id, part) IN (
                        SELECT site, message_id, part FROM answers AS old
                        WHERE at < :before::timestamptz
                          AND (failed
                               OR EXISTS (SELECT FROM answers AS later
                                          WHERE later.site = old.site AND later.contact = old.contact AND NOT later.failed
                                            AND (later.at, later.message_id, later.part) > (old.at, old.message_id, old.part)
                                            AND later.at < :before::timestamptz))
                        ORDER BY at LIMIT :most
                        FOR UPDATE SKIP LOCKED)
                    RETURNING part)
                SELECT count(*) FROM gone
                """);
    }
}

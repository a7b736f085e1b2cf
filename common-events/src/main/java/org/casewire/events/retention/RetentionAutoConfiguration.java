package org.casewire.events.retention;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.casewire.events.site.Sites;
import org.casewire.events.site.SitesAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Has every service with a database take the words of what is old; every {@link OldTexts} among its beans is asked. */
@AutoConfiguration(
        after = {JdbcTemplateAutoConfiguration.class, TransactionAutoConfiguration.class, SitesAutoConfiguration.class})
@ConditionalOnClass(JdbcTemplate.class)
@EnableConfigurationProperties(TextsProperties.class)
class RetentionAutoConfiguration {

    @Bean
    KeptTexts keptTexts(Sites sites, TextsProperties properties, Clock clock) {
        return new KeptTexts(sites, properties.keepDays(), clock);
    }

    @Bean
    TextRetention textRetention(
            KeptTexts kept,
            ObjectProvider<OldTexts> kinds,
            TextsProperties properties,
            JdbcTemplate jdbc,
            TransactionTemplate transactions,
            MeterRegistry meters) {
        return new TextRetention(kept, kinds.orderedStream().toList(), properties, jdbc, transactions, meters);
    }
}

package org.casewire.events.backlog;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

/** Watches what waits in a service with a database; every {@link Backlog} among its beans is one gauge. */
@AutoConfiguration(after = JdbcTemplateAutoConfiguration.class)
@ConditionalOnClass(JdbcTemplate.class)
@EnableConfigurationProperties(BacklogProperties.class)
class BacklogAutoConfiguration {

    @Bean
    BacklogGauges backlogGauges(
            JdbcTemplate jdbc,
            List<Backlog> backlogs,
            BacklogProperties properties,
            MeterRegistry meters,
            Clock clock) {
        return new BacklogGauges(jdbc, backlogs, properties.poll(), meters, clock);
    }
}

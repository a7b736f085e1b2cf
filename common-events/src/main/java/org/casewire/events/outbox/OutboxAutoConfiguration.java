package org.casewire.events.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.casewire.events.backlog.Backlog;
import org.casewire.events.transport.EventCodec;
import org.casewire.events.transport.TransportAutoConfiguration;
import org.casewire.events.transport.tracing.Tracing;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives every service with a database its outbox. */
@AutoConfiguration(
        after = {
            JdbcTemplateAutoConfiguration.class,
            TransactionAutoConfiguration.class,
            TransportAutoConfiguration.class
        })
@ConditionalOnClass(JdbcTemplate.class)
@EnableConfigurationProperties(OutboxProperties.class)
class OutboxAutoConfiguration {

    @Bean
    Backlog outboxBacklog() {
        return new Backlog("outbox", """
                SELECT count(*) AS waiting FROM (SELECT FROM outbox LIMIT %d) AS waiters
                """.formatted(Backlog.MOST));
    }

    @Bean
    OutboxRelay outboxRelay(
            JdbcTemplate jdbc,
            TransactionTemplate transactions,
            KafkaOperations<String, byte[]> kafka,
            OutboxProperties properties,
            MeterRegistry meters,
            Tracing tracing) {
        return new OutboxRelay(jdbc, transactions, kafka, properties, meters, tracing);
    }

    @Bean
    Outbox outbox(JdbcTemplate jdbc, EventCodec codec, Clock clock, OutboxRelay relay) {
        return new Outbox(jdbc, codec, clock, relay);
    }
}

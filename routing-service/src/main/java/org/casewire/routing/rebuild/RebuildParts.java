package org.casewire.routing.rebuild;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.casewire.events.site.SitesAutoConfiguration;
import org.casewire.events.transport.EventCodec;
import org.casewire.events.transport.EventReader;
import org.casewire.routing.cases.CaseProjection;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/**
 * The parts of the service that the command needs, and none that listens, publishes or answers. It bears no annotation
 * that the service itself would find it by.
 */
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    TransactionAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    KafkaAutoConfiguration.class,
    SitesAutoConfiguration.class
})
@ComponentScan(
        basePackageClasses = CaseProjection.class,
        excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*Listener"))
class RebuildParts {

    private static final int RECORDS_AT_ONCE = 4_000;

    @Bean
    EventCodec eventCodec(@Value("${spring.application.name}") String service) {
        return new EventCodec("/casewire/" + service);
    }

    @Bean
    Skipped skipped() {
        return new Skipped();
    }

    @Bean
    EventReader eventReader(
            EventCodec codec, Skipped skipped, @Value("${spring.kafka.consumer.group-id}") String group) {
        return new EventReader(codec, skipped, group);
    }

    @Bean
    Rebuild rebuild(KafkaProperties kafka, EventReader reader, CaseProjection cases, Skipped skipped) {
        Map<String, Object> consumer = new HashMap<>(kafka.buildConsumerProperties());
        consumer.remove(ConsumerConfig.GROUP_ID_CONFIG);
        consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_AT_ONCE);
        return new Rebuild(consumer, reader, cases, skipped, Clock.systemUTC());
    }
}

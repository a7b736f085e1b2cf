package org.casewire.events.transport;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.CommonClientConfigs;
import org.casewire.events.transport.tracing.Tracing;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** Gives every service the same way to read and write events. */
@AutoConfiguration(before = KafkaAutoConfiguration.class)
@EnableConfigurationProperties(TopicProperties.class)
public class TransportAutoConfiguration {

    /** How the name of every topic begins when its dots are gone. */
    private static final String UNDERSCORED = "sms_";

    private static final int ADMIN_ANSWERS_WITHIN_MS = 10_000;

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    EventCodec eventCodec(@Value("${spring.application.name}") String service) {
        return new EventCodec("/casewire/" + service);
    }

    @Bean
    DeadLetters deadLetters(
            KafkaOperations<String, byte[]> kafka,
            MeterRegistry meters,
            @Value("${spring.kafka.consumer.group-id}") String group) {
        return new DeadLetters(kafka, meters, group);
    }

    @Bean
    EventReader eventReader(
            EventCodec codec,
            DeadLetters deadLetters,
            @Value("${spring.kafka.consumer.group-id}") String group,
            Tracing tracing) {
        return new EventReader(codec, deadLetters, group, tracing);
    }

    /** What {@link EventReader} throws on passes by itself: the batch is tried again in place, without end. */
    @Bean
    CommonErrorHandler retryInPlace() {
        ExponentialBackOff patience = new ExponentialBackOff(200, 2);
        patience.setMaxInterval(5_000);
        return new DefaultErrorHandler(patience);
    }

    /**
     * Until its version 5 Kafka tells what a reader does with a topic twice, once with underscores for the dots in the
     * topic's name. Under that name nobody knows the topic.
     */
    @Bean
    static MeterFilter topicsByTheirOwnNames() {
        return MeterFilter.deny(meter -> meter.getName().startsWith("kafka.consumer.")
                && Objects.requireNonNullElse(meter.getTag("topic"), "").startsWith(UNDERSCORED));
    }

    @Bean
    ListenerStart listenerStart(
            KafkaProperties kafka,
            TopicProperties topics,
            ObjectProvider<ListenerStart.BeforeListening> first,
            KafkaListenerEndpointRegistry listeners) {
        Map<String, Object> admin = new HashMap<>(kafka.buildAdminProperties());
        admin.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, ADMIN_ANSWERS_WITHIN_MS);
        admin.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, ADMIN_ANSWERS_WITHIN_MS / 2);
        List<ListenerStart.BeforeListening> inOrder = first.orderedStream().toList();
        return new ListenerStart(admin, new TopicSetup(topics), inOrder, listeners);
    }
}

package org.casewire.ingest.durable;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ProducerFactory;

/** The spool, opened before the first webhook is let in and closed after the last. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DurabilityProperties.class, SpoolProperties.class})
class DurabilityConfiguration {

    private static final int REPLAY_BUFFER_BYTES = 8 * 1024 * 1024;
    private static final int LOOK_FOR_KAFKA_MS = 10_000;

    @Bean
    Availability availability(MeterRegistry meters) {
        return new Availability(meters);
    }

    @Bean
    Spool spool(SpoolProperties properties, Clock clock, MeterRegistry meters) {
        return Spool.open(properties, clock, meters);
    }

    @Bean
    Replay replay(Spool spool, Availability availability, ProducerFactory<String, byte[]> producers) {
        return new Replay(spool, availability, () -> patientProducer(producers.getConfigurationProperties()));
    }

    /** Gives no record up: a second one of the same conversation would overtake it. */
    private static Producer<String, byte[]> patientProducer(Map<String, Object> common) {
        Map<String, Object> settings = new HashMap<>(common);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "spool-replay");
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LOOK_FOR_KAFKA_MS);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, REPLAY_BUFFER_BYTES);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }
}

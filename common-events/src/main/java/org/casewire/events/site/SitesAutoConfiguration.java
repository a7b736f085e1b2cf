package org.casewire.events.site;

import org.casewire.events.transport.EventReader;
import org.casewire.events.transport.TransportAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.ConsumerFactory;

/** Gives every service its view of the sites. */
@AutoConfiguration(after = {KafkaAutoConfiguration.class, TransportAutoConfiguration.class})
public class SitesAutoConfiguration {

    @Bean
    Sites sites() {
        return new Sites();
    }

    @Bean
    SitesReader sitesReader(ConsumerFactory<String, byte[]> consumers, EventReader events, Sites sites) {
        return new SitesReader(consumers, events, sites);
    }
}

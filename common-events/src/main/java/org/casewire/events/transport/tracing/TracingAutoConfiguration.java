package org.casewire.events.transport.tracing;

import java.net.URI;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Gives every service its tracing: spans when a collector is named, nothing but the context otherwise. */
@AutoConfiguration
@EnableConfigurationProperties(TracingProperties.class)
public class TracingAutoConfiguration {

    @Bean
    Tracing tracing(TracingProperties properties, @Value("${spring.application.name}") String service) {
        URI endpoint = properties.endpoint();
        return endpoint == null ? Tracing.off() : Export.to(endpoint, properties.sampling(), service);
    }

    /** Before those who refuse, so that a refusal is seen too. */
    @Bean
    FilterRegistrationBean<TracedRequests> tracedRequests(Tracing tracing, Clock clock) {
        FilterRegistrationBean<TracedRequests> registration =
                new FilterRegistrationBean<>(new TracedRequests(tracing, clock));
        registration.setEnabled(tracing.isOn());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }
}

package org.casewire.frontdoor.tracing;

import java.net.URI;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TracingConfiguration {

    @Bean
    Tracing tracing(TracingProperties properties) {
        URI endpoint = properties.endpoint();
        return endpoint == null ? Tracing.off() : Tracing.to(endpoint, properties.sampling());
    }
}

package org.casewire.frontdoor.proxy;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FrontDoorProperties.class)
class ProxyConfiguration {

    @Bean
    Backends backends(
            FrontDoorProperties properties, @Value("${server.servlet.session.cookie.name}") String sessionCookie) {
        return new Backends(properties, new ForwardedHeaders(sessionCookie));
    }

    @Bean
    FilterRegistrationBean<FrontDoorFilter> frontDoor(
            Backends backends, JsonMapper json, @Value("${casewire.identity.enabled:true}") boolean withIdentity) {
        FilterRegistrationBean<FrontDoorFilter> registration =
                new FilterRegistrationBean<>(new FrontDoorFilter(new Routes(withIdentity), backends, json));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}

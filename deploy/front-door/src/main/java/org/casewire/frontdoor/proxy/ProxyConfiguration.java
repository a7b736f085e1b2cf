package org.casewire.frontdoor.proxy;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Semaphore;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.casewire.frontdoor.tracing.Tracing;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
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

    /** An encoded slash is part of a name; whether such a name exists is for the service to say. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> transparentAndThrifty() {
        String passThrough = EncodedSolidusHandling.PASS_THROUGH.getValue();
        return server -> server.addConnectorCustomizers(connector -> {
            connector.setEncodedSolidusHandling(passThrough);
            connector.setEncodedReverseSolidusHandling(passThrough);
            // Tomcat's own buffers count for every open stream, too.
            connector.setProperty("socket.appReadBufSize", "4096");
            connector.setProperty("socket.appWriteBufSize", "4096");
        });
    }

    @Bean
    FilterRegistrationBean<FrontDoorFilter> frontDoor(
            FrontDoorProperties properties,
            Backends backends,
            JsonMapper json,
            MeterRegistry meters,
            Tracing tracing,
            @Value("${casewire.identity.enabled:true}") boolean withIdentity) {
        int most = properties.places();
        Semaphore places = new Semaphore(most);
        Passages passages = new Passages(meters, tracing, places, most);
        FrontDoorFilter filter = new FrontDoorFilter(new Routes(withIdentity), backends, places, passages, json);
        FilterRegistrationBean<FrontDoorFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}

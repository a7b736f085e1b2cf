package org.casewire.ingest.connection;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells Tomcat to be impatient, and what to say with every answer. */
@Configuration(proxyBeanMethods = false)
class ConnectionConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> impatience() {
        return server -> {
            server.setProtocol(ImpatientProtocol.class.getName());
            server.addEngineValves(new SafeAnswers());
        };
    }
}

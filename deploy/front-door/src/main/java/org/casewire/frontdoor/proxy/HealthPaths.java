package org.casewire.frontdoor.proxy;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Answers for its health on its own port, as the services do: the management port is not for everyone. */
@Configuration(proxyBeanMethods = false)
class HealthPaths implements WebMvcConfigurer {

    @Override
    public void addViewControllers(ViewControllerRegistry paths) {
        paths.addViewController("/actuator/health/liveness").setViewName("forward:/livez");
        paths.addViewController("/actuator/health/readiness").setViewName("forward:/readyz");
    }
}

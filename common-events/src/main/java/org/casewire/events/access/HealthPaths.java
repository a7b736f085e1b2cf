package org.casewire.events.access;

import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Answers {@code /actuator/health/liveness} and {@code /readiness} on the service's own port: the management port
 * holds what is not for everyone, but whoever routes traffic must be able to ask the port it routes to.
 */
class HealthPaths implements WebMvcConfigurer {

    @Override
    public void addViewControllers(ViewControllerRegistry paths) {
        paths.addViewController("/actuator/health/liveness").setViewName("forward:/livez");
        paths.addViewController("/actuator/health/readiness").setViewName("forward:/readyz");
    }
}

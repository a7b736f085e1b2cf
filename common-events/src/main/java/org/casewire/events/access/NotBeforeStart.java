package org.casewire.events.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.casewire.events.transport.ListenerStart;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * A service that has not read yet what it must know (its sites, what people said meanwhile) says so, instead of
 * answering that there is no such site.
 */
class NotBeforeStart implements WebMvcConfigurer, HandlerInterceptor {

    private static final String SOON = "1";

    private final ListenerStart start;
    private volatile boolean started;

    NotBeforeStart(ListenerStart start) {
        this.start = start;
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(this).addPathPatterns("/api/**", "/opt-in/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        started = started || start.isReading();
        if (!started) {
            response.setHeader(HttpHeaders.RETRY_AFTER, SOON);
            throw new Problem(
                    HttpStatus.SERVICE_UNAVAILABLE, "STARTING", "The service is starting. Try again in a few seconds.");
        }
        return true;
    }
}

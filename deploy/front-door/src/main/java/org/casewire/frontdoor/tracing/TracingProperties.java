package org.casewire.frontdoor.tracing;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether and where spans go; the services have the same settings.
 *
 * @param endpoint a collector that takes OTLP over HTTP, such as {@code http://collector:4318}; none: no span is made
 * @param sampling the share of the traces begun here that is recorded; one begun elsewhere says for itself
 */
@ConfigurationProperties("casewire.tracing")
record TracingProperties(
        @Nullable URI endpoint, @DefaultValue("0.01") double sampling) {

    private static final String TRACES = "/v1/traces";

    TracingProperties {
        if (endpoint != null && endpoint.toString().isBlank()) {
            endpoint = null;
        }
        if (endpoint != null && !String.valueOf(endpoint.getScheme()).matches("https?")) {
            throw new IllegalArgumentException("casewire.tracing.endpoint must be an http or https address, such as"
                    + " http://collector:4318; it is " + endpoint);
        }
        if (!(sampling >= 0 && sampling <= 1)) {
            throw new IllegalArgumentException("casewire.tracing.sampling must lie between 0 and 1");
        }
    }

    /** Where spans are posted: what is no whole address is completed as OTLP says. */
    static String traces(URI endpoint) {
        String given = endpoint.toString().replaceAll("/+$", "");
        return given.endsWith(TRACES) ? given : given + TRACES;
    }
}

package org.casewire.outbound.media;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where pictures may come from, and how long is looked at them before they are sent.
 *
 * @param allowedOrigins origins that are trusted although they are not public https (the twin's samples)
 * @param timeout for all pictures of a batch of requests; what has not answered by then is left to Twilio
 * @param parallel how many are looked at once
 */
@ConfigurationProperties("casewire.media")
public record MediaProperties(
        List<URI> allowedOrigins,
        @DefaultValue("3s") Duration timeout,
        @DefaultValue("16") int parallel) {

    public MediaProperties {
        allowedOrigins = allowedOrigins == null ? List.of() : List.copyOf(allowedOrigins);
    }

    boolean trusts(URI address) {
        return allowedOrigins.stream()
                .anyMatch(origin -> origin.getScheme().equalsIgnoreCase(address.getScheme())
                        && origin.getAuthority().equalsIgnoreCase(address.getAuthority()));
    }
}

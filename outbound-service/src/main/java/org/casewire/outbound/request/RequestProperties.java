package org.casewire.outbound.request;

import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where pictures may come from.
 *
 * @param allowedOrigins origins that are trusted although they are not public https (the twin's samples)
 */
@ConfigurationProperties("casewire.media")
record RequestProperties(List<URI> allowedOrigins) {

    RequestProperties {
        allowedOrigins = allowedOrigins == null ? List.of() : List.copyOf(allowedOrigins);
    }

    boolean allows(URI media) {
        return "https".equals(media.getScheme())
                || allowedOrigins.stream()
                        .anyMatch(origin -> origin.getScheme().equals(media.getScheme())
                                && origin.getAuthority().equals(media.getAuthority()));
    }
}

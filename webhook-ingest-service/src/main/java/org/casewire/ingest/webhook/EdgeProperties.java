package org.casewire.ingest.webhook;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How this installation is reached, beyond its public address.
 *
 * @param otherBaseUrls further addresses Twilio may call, such as the one before a move; none by default
 * @param trustedProxies addresses or networks ({@code 10.0.0.0/8}) whose {@code X-Forwarded-*} headers are believed;
 *     none by default
 */
@ConfigurationProperties("casewire.ingest")
record EdgeProperties(List<PublicAddress> otherBaseUrls, List<String> trustedProxies) {

    EdgeProperties {
        otherBaseUrls = otherBaseUrls == null ? List.of() : List.copyOf(otherBaseUrls);
        trustedProxies = trustedProxies == null ? List.of() : List.copyOf(trustedProxies);
    }
}

package org.casewire.outbound.gateway;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Twilio is reached.
 *
 * @param twilioBaseUrl Twilio's API, or its twin's
 * @param publicBaseUrl the address under which Twilio reaches the ingest service
 * @param call limits of one call
 */
@ConfigurationProperties("casewire")
public record TwilioProperties(
        @DefaultValue("https://api.twilio.com") URI twilioBaseUrl,
        @Nullable URI publicBaseUrl,
        @DefaultValue Call call) {

    /**
     * @param connectTimeout until the connection stands; nothing was sent before
     * @param timeout until the answer is there; after it the outcome is in doubt
     */
    public record Call(
            @DefaultValue("5s") Duration connectTimeout,
            @DefaultValue("10s") Duration timeout) {

        /** After this long no call can be out any more. */
        public Duration longest() {
            return connectTimeout.plus(timeout);
        }
    }

    public TwilioProperties {
        if (publicBaseUrl == null) {
            throw new IllegalArgumentException(
                    "casewire.public-base-url is missing: the https address under which Twilio reaches the ingest service");
        }
    }
}

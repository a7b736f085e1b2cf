package org.casewire.ingest.webhook;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where Twilio reaches this installation.
 *
 * @param publicBaseUrl the address its signatures are made for, such as {@code https://texts.example.org}
 */
@ConfigurationProperties("casewire")
record WebhookProperties(PublicAddress publicBaseUrl) {

    WebhookProperties {
        if (publicBaseUrl == null) {
            throw new IllegalArgumentException("casewire.public-base-url is missing. Set it to the address Twilio"
                    + " calls, such as https://texts.example.org: its signatures are made for it.");
        }
    }
}

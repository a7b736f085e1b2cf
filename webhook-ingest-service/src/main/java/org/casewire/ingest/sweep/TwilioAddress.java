package org.casewire.ingest.sweep;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Twilio is asked.
 *
 * @param twilioBaseUrl Twilio's API, one of its regions, or its twin
 */
@ConfigurationProperties("casewire")
record TwilioAddress(@DefaultValue("https://api.twilio.com") URI twilioBaseUrl) {

    /** {@code https://api.twilio.com} */
    String api() {
        return twilioBaseUrl.toString().replaceAll("/+$", "");
    }

    /** {@code https://messaging.twilio.com}, in the same region; whatever is not Twilio itself serves both. */
    String messaging() {
        String host = String.valueOf(twilioBaseUrl.getHost());
        return host.startsWith("api.") && host.endsWith(".twilio.com")
                ? api().replaceFirst("//api\\.", "//messaging.")
                : api();
    }
}

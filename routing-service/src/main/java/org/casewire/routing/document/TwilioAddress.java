package org.casewire.routing.document;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Where Twilio's API is. */
@ConfigurationProperties("casewire")
record TwilioAddress(@DefaultValue("https://api.twilio.com") URI twilioBaseUrl) {

    /** Without a slash at its end. */
    String api() {
        return twilioBaseUrl.toString().replaceAll("/+$", "");
    }

    boolean isOriginOf(URI address) {
        return twilioBaseUrl.getScheme().equalsIgnoreCase(address.getScheme())
                && String.valueOf(twilioBaseUrl.getHost()).equalsIgnoreCase(address.getHost())
                && port(twilioBaseUrl) == port(address);
    }

    private static int port(URI address) {
        if (address.getPort() > 0) {
            return address.getPort();
        }
        return "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }
}

package org.casewire.ingest.webhook;

import org.casewire.events.site.TwilioCredentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The one line in the log of a service that has nothing to complain about. */
@Component
class Announcement {

    private static final Logger log = LoggerFactory.getLogger(Announcement.class);

    private final WebhookProperties properties;
    private final TwilioCredentials credentials;

    Announcement(WebhookProperties properties, TwilioCredentials credentials) {
        this.properties = properties;
        this.credentials = credentials;
    }

    @EventListener
    void started(ApplicationReadyEvent event) {
        log.atInfo()
                .addKeyValue("publicBaseUrl", properties.publicBaseUrl())
                .addKeyValue("sitesWithCredentials", credentials.twilio().size())
                .log("Taking Twilio's webhooks as soon as the sites are known");
    }
}

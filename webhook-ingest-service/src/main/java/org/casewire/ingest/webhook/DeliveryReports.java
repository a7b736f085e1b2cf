package org.casewire.ingest.webhook;

import java.time.Clock;
import java.util.Locale;
import org.casewire.events.DeliveryEvent.DeliveryReported;
import org.springframework.stereotype.Component;

/**
 * Turns Twilio's status callback into {@link DeliveryReported}. What else it says (ApiVersion, RawDlrDoneDate,
 * MessagingServiceSid and the words of other channels) is dropped: nobody decides by it.
 */
@Component
class DeliveryReports {

    private final Clock clock;

    DeliveryReports(Clock clock) {
        this.clock = clock;
    }

    /** @throws InvalidForm when it does not say which message has which status */
    DeliveryReported from(Webhook webhook) {
        Form form = webhook.form();
        Form query = webhook.query();
        return new DeliveryReported(
                form.identity("MessageSid"),
                webhook.site(),
                form.identity("To"),
                form.first("From"),
                form.identity("MessageStatus").toLowerCase(Locale.ROOT),
                form.number("ErrorCode"),
                query.uuid("message"),
                query.number("part"),
                query.uuid("attempt"),
                clock.instant());
    }
}

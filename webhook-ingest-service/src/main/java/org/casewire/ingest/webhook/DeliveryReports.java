package org.casewire.ingest.webhook;

import java.util.Locale;
import java.util.Set;
import org.casewire.events.DeliveryEvent.DeliveryReported;

/**
 * Turns Twilio's status callback into {@link DeliveryReported}. Dropped is only what repeats a field (SmsSid, SmsStatus)
 * or is the same in every report (ApiVersion); the rest travels in the attributes.
 */
final class DeliveryReports {

    private static final Set<String> TOLD =
            Set.of("MessageSid", "MessageStatus", "To", "From", "ErrorCode", "SmsSid", "SmsStatus", "ApiVersion");

    private DeliveryReports() {}

    /** @throws InvalidForm when it does not say which message has which status */
    static DeliveryReported from(Webhook webhook) {
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
                webhook.receivedAt(),
                Attributes.of(webhook, TOLD));
    }
}

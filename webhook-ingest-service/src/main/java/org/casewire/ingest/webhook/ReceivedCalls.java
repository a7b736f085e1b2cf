package org.casewire.ingest.webhook;

import java.util.Set;
import org.casewire.events.InboundEvent.CallReceived;

/**
 * Turns Twilio's incoming-call webhook into {@link CallReceived}. Dropped are Caller and Called, which repeat From and
 * To, and CallToken, which is a credential.
 */
final class ReceivedCalls {

    private static final Set<String> TOLD = Set.of("CallSid", "From", "To", "Caller", "Called", "CallToken");

    private ReceivedCalls() {}

    /** @throws InvalidForm when it does not say which call it is or who calls */
    static CallReceived from(Webhook webhook) {
        Form form = webhook.form();
        return new CallReceived(
                form.identity("CallSid"),
                webhook.site(),
                form.identity("From"),
                form.text("To"),
                webhook.receivedAt(),
                Attributes.of(webhook, TOLD));
    }
}

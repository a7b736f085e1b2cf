package org.casewire.twin.handset;

import java.util.Optional;
import org.casewire.twin.http.Form;
import org.casewire.twin.ledger.Sids;
import org.casewire.twin.number.OwnNumber;
import org.casewire.twin.webhook.Debugger;
import org.casewire.twin.webhook.WebhookOutcome;
import org.casewire.twin.webhook.WebhookOutcome.Answered;
import org.casewire.twin.webhook.WebhookOutcome.Unanswered;
import org.casewire.twin.webhook.WebhookUrl;
import org.casewire.twin.webhook.Webhooks;
import org.casewire.twin.webhook.Webhooks.Product;
import org.jspecify.annotations.Nullable;

/** A person calls a number: the account is asked what the caller shall hear. */
public final class InboundCalls {

    private static final int RETRIEVAL_FAILED = 11200;

    /** A call, the status the account's webhook answered with, and its TwiML. */
    record Ringing(
            String sid,
            @Nullable Integer webhookStatus,
            @Nullable String twiml) {}

    private final Webhooks webhooks;
    private final Debugger debugger;

    /** Asks by these webhooks. */
    public InboundCalls(Webhooks webhooks, Debugger debugger) {
        this.webhooks = webhooks;
        this.debugger = debugger;
    }

    Ringing ring(String handset, OwnNumber number) {
        String sid = Sids.next("CA");
        Optional<WebhookUrl> url = Optional.ofNullable(number.voice().url()).flatMap(WebhookUrl::parse);
        if (url.isEmpty()) {
            return new Ringing(sid, null, null);
        }
        boolean get = number.voice().method().equalsIgnoreCase("GET");
        WebhookOutcome outcome = webhooks.call(new Webhooks.Call(
                url.get(), get, form(sid, handset, number), number.account().signingKey(), Product.VOICE));
        return switch (outcome) {
            case Unanswered(int code) -> {
                debugger.complain(sid, code);
                yield new Ringing(sid, null, null);
            }
            case Answered answered -> {
                if (!answered.ok()) {
                    debugger.complain(sid, RETRIEVAL_FAILED);
                }
                yield new Ringing(sid, answered.status(), answered.text());
            }
        };
    }

    private static Form form(String sid, String handset, OwnNumber number) {
        Form form = new Form()
                .add("CallSid", sid)
                .add("AccountSid", number.account().sid())
                .add("From", handset)
                .add("To", number.number())
                .add("Caller", handset)
                .add("Called", number.number())
                .add("CallStatus", "ringing")
                .add("ApiVersion", "2010-04-01")
                .add("Direction", "inbound");
        Geography.add(form, "From", handset);
        Geography.add(form, "To", number.number());
        Geography.add(form, "Caller", handset);
        return Geography.add(form, "Called", number.number());
    }
}

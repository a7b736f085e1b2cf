package org.casewire.twin.handset;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.casewire.twin.account.Account.MessagingService;
import org.casewire.twin.fault.Faults;
import org.casewire.twin.http.Form;
import org.casewire.twin.ledger.Direction;
import org.casewire.twin.ledger.Media;
import org.casewire.twin.ledger.Message;
import org.casewire.twin.ledger.Message.Content;
import org.casewire.twin.ledger.Message.Envelope;
import org.casewire.twin.ledger.Message.Terms;
import org.casewire.twin.ledger.Messages;
import org.casewire.twin.ledger.Status;
import org.casewire.twin.number.OwnNumber;
import org.casewire.twin.number.OwnNumber.Hook;
import org.casewire.twin.webhook.WebhookOutcome;
import org.casewire.twin.webhook.WebhookOutcome.Answered;
import org.casewire.twin.webhook.WebhookOutcome.Unanswered;
import org.casewire.twin.webhook.WebhookUrl;
import org.casewire.twin.webhook.Webhooks;
import org.casewire.twin.webhook.Webhooks.Product;
import org.jspecify.annotations.Nullable;

/** A person texts a number: Twilio keeps the text, acts on its keywords and tells the account. */
public final class InboundTexts {

    private static final int RETRIEVAL_FAILED = 11200;

    /** A text that came in, and the status the account's webhook answered with, or null when nobody did. */
    record Received(Message message, @Nullable Integer webhookStatus) {}

    private final Messages messages;
    private final Replies replies;
    private final Webhooks webhooks;
    private final Faults faults;
    private final Supplier<String> baseUrl;

    /** Tells accounts by these webhooks; files are addressed below {@code baseUrl}. */
    public InboundTexts(
            Messages messages, Replies replies, Webhooks webhooks, Faults faults, Supplier<String> baseUrl) {
        this.messages = messages;
        this.replies = replies;
        this.webhooks = webhooks;
        this.faults = faults;
        this.baseUrl = baseUrl;
    }

    Received receive(String handset, OwnNumber number, String text, List<Media> media) {
        Message message = messages.add(
                new Envelope(number.account(), Direction.INBOUND, service(number), handset, number.number()),
                new Content(text, media),
                Terms.DEFAULT,
                Status.RECEIVED);
        replies.actOnKeyword(message);
        if (faults.onWebhook(message.to(), message.from()).isPresent()) {
            return new Received(message, null);
        }
        return new Received(message, tell(message, number.sms()));
    }

    private static @Nullable String service(OwnNumber number) {
        return number.account()
                .serviceOf(number.number())
                .map(MessagingService::sid)
                .orElse(null);
    }

    private @Nullable Integer tell(Message message, Hook hook) {
        Optional<WebhookUrl> url = Optional.ofNullable(hook.url()).flatMap(WebhookUrl::parse);
        if (url.isEmpty()) {
            return null;
        }
        WebhookOutcome outcome = call(message, url.get(), hook.method(), form(message));
        int failure = use(message, outcome);
        if (failure != 0) {
            replies.complain(message, failure);
            fallBack(message, hook, failure);
        }
        return outcome.httpStatus();
    }

    private void fallBack(Message message, Hook hook, int failure) {
        Optional.ofNullable(hook.fallbackUrl()).flatMap(WebhookUrl::parse).ifPresent(url -> {
            Form form =
                    form(message).add("ErrorCode", Integer.toString(failure)).add("ErrorUrl", hook.url());
            int again = use(message, call(message, url, hook.fallbackMethod(), form));
            if (again != 0) {
                replies.complain(message, again);
            }
        });
    }

    private WebhookOutcome call(Message message, WebhookUrl url, String method, Form form) {
        boolean get = method.equalsIgnoreCase("GET");
        return webhooks.call(new Webhooks.Call(url, get, form, message.account().signingKey(), Product.MESSAGING));
    }

    /** Sends what the answer asks for; 0, or Twilio's code for why it cannot. */
    private int use(Message message, WebhookOutcome outcome) {
        return switch (outcome) {
            case Unanswered(int code) -> code;
            case Answered answered when !answered.ok() -> RETRIEVAL_FAILED;
            case Answered answered -> {
                try {
                    replies.send(message, Twiml.replies(answered));
                    yield 0;
                } catch (Twiml.Unusable e) {
                    yield e.code();
                }
            }
        };
    }

    private Form form(Message message) {
        String sid = message.sid();
        Form form = new Form();
        Geography.add(form, "To", message.to());
        Geography.add(form, "From", message.from());
        form.add("SmsMessageSid", sid)
                .add("NumMedia", Integer.toString(message.media().size()))
                .add("SmsSid", sid)
                .add("SmsStatus", "received")
                .add("Body", message.text())
                .add("To", message.to())
                .add("NumSegments", Integer.toString(message.segments()))
                .add("ReferralNumMedia", "0")
                .add("MessageSid", sid)
                .add("AccountSid", message.account().sid())
                .add("From", message.from())
                .add("ApiVersion", "2010-04-01")
                .add("MessagingServiceSid", message.service());
        for (int i = 0; i < message.media().size(); i++) {
            Media file = message.media().get(i);
            form.add("MediaContentType" + i, file.contentType()).add("MediaUrl" + i, address(message, file));
        }
        return form;
    }

    private String address(Message message, Media file) {
        return baseUrl.get() + "/2010-04-01/Accounts/" + message.account().sid() + "/Messages/" + message.sid()
                + "/Media/" + file.sid();
    }
}

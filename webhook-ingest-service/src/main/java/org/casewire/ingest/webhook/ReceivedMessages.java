package org.casewire.ingest.webhook;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.casewire.events.InboundEvent.Media;
import org.casewire.events.InboundEvent.MessageReceived;
import org.casewire.ingest.keyword.Keywords;
import org.springframework.stereotype.Component;

/** Turns Twilio's incoming-message webhook into {@link MessageReceived}. */
@Component
class ReceivedMessages {

    /** Told by fields of the event; everything else Twilio says travels in its attributes. */
    private static final Set<String> FIELDS = Set.of("MessageSid", "From", "To", "Body", "NumMedia", "NumSegments");

    private static final String MEDIA_URL = "MediaUrl";
    private static final String MEDIA_TYPE = "MediaContentType";
    private static final String IDEMPOTENCY_TOKEN = "I-Twilio-Idempotency-Token";

    private final Clock clock;

    ReceivedMessages(Clock clock) {
        this.clock = clock;
    }

    /** @throws InvalidForm when it does not say which message it is or who wrote it */
    MessageReceived from(Webhook webhook) {
        Form form = webhook.form();
        Integer segments = form.number("NumSegments");
        String body = form.text("Body");
        List<Media> media = media(form);
        return new MessageReceived(
                form.identity("MessageSid"),
                webhook.site(),
                form.identity("From"),
                form.text("To"),
                body,
                media,
                segments == null ? 1 : segments,
                Keywords.of(form.first("OptOutType"), body),
                clock.instant(),
                false,
                null,
                attributes(webhook, media.size()));
    }

    /** Twilio numbers them from 0 without gaps. */
    private static List<Media> media(Form form) {
        Integer count = form.number("NumMedia");
        List<Media> media = new ArrayList<>();
        for (int number = 0; count != null && number < count; number++) {
            String url = form.first(MEDIA_URL + number);
            if (url == null) {
                break;
            }
            media.add(new Media(url, form.first(MEDIA_TYPE + number)));
        }
        return media;
    }

    /** A name that is repeated keeps all its values, one a line. */
    private static Map<String, String> attributes(Webhook webhook, int media) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Parameter parameter : webhook.form().parameters()) {
            if (!FIELDS.contains(parameter.name()) && !isTakenMedia(parameter.name(), media)) {
                attributes.merge(parameter.name(), parameter.value(), (one, next) -> one + "\n" + next);
            }
        }
        if (webhook.idempotencyToken() != null) {
            attributes.put(IDEMPOTENCY_TOKEN, webhook.idempotencyToken());
        }
        return attributes;
    }

    private static boolean isTakenMedia(String name, int media) {
        if (!name.startsWith("Media")) {
            return false;
        }
        for (int number = 0; number < media; number++) {
            if (name.equals(MEDIA_URL + number) || name.equals(MEDIA_TYPE + number)) {
                return true;
            }
        }
        return false;
    }
}

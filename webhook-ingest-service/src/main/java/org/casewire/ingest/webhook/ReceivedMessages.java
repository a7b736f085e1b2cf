package org.casewire.ingest.webhook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.casewire.events.Event;
import org.casewire.events.InboundEvent.Media;
import org.casewire.events.InboundEvent.MessageReceived;
import org.casewire.events.SiteDocument;
import org.casewire.ingest.keyword.Keywords;
import org.casewire.ingest.keyword.Line;
import org.casewire.ingest.keyword.SaidOfConsent;

/** Makes the events of a text, however it was heard of. */
public final class ReceivedMessages {

    /** Told by fields of the event; everything else Twilio says travels in its attributes. */
    private static final Set<String> FIELDS = Set.of("MessageSid", "From", "To", "Body", "NumMedia", "NumSegments");

    /** Twilio allows ten; a number that is none of Twilio's costs no more than this. */
    private static final int MOST_MEDIA = 10;

    private static final String MEDIA_URL = "MediaUrl";
    private static final String MEDIA_TYPE = "MediaContentType";

    private ReceivedMessages() {}

    /**
     * What is known of a text.
     *
     * @param contact who wrote it: Twilio's {@code From} as given
     * @param receivedAt when Twilio had it, as well as it is known
     * @param recovered whether it comes late: found in Twilio's list, or let in by an operator afterwards
     * @param attributes what else Twilio said, by Twilio's own names
     */
    public record Facts(
            String sid,
            String contact,
            String to,
            String body,
            List<Media> media,
            int segments,
            Instant receivedAt,
            boolean recovered,
            Map<String, String> attributes) {}

    /** The text as an event, with the keyword it is. */
    public static MessageReceived of(SiteDocument site, Facts facts) {
        return new MessageReceived(
                facts.sid(),
                site.site(),
                facts.contact(),
                facts.to(),
                facts.body(),
                facts.media(),
                facts.segments(),
                Keywords.of(facts.attributes().get("OptOutType"), facts.body(), Line.of(site, facts.to())),
                facts.receivedAt(),
                facts.recovered(),
                null,
                facts.attributes());
    }

    /**
     * What a text says of consent, and the text: all that is to be published of it. The text comes last: as long as it is
     * not published, the sweep finds it again, and with it the consent.
     */
    public static List<Event> events(MessageReceived text) {
        List<Event> events = new ArrayList<>(2);
        SaidOfConsent.in(text).ifPresent(events::add);
        events.add(text);
        return events;
    }

    /** @throws InvalidForm when it does not say which message it is or who wrote it */
    static MessageReceived from(Webhook webhook, SiteDocument site) {
        Form form = webhook.form();
        Integer segments = form.number("NumSegments");
        List<Media> media = media(form);
        return of(
                site,
                new Facts(
                        form.identity("MessageSid"),
                        form.identity("From"),
                        form.text("To"),
                        form.text("Body"),
                        media,
                        segments == null ? 1 : segments,
                        webhook.receivedAt(),
                        webhook.isReplayed(),
                        Attributes.of(webhook, told(media.size()))));
    }

    /** Twilio numbers them from 0 without gaps. */
    private static List<Media> media(Form form) {
        Integer count = form.number("NumMedia");
        int most = count == null ? MOST_MEDIA : Math.min(count, MOST_MEDIA);
        List<Media> media = new ArrayList<>();
        for (int number = 0; number < most; number++) {
            String url = form.first(MEDIA_URL + number);
            if (url == null || url.isBlank()) {
                break;
            }
            media.add(new Media(url, form.first(MEDIA_TYPE + number)));
        }
        return media;
    }

    private static Set<String> told(int media) {
        if (media == 0) {
            return FIELDS;
        }
        Set<String> told = new HashSet<>(FIELDS);
        for (int number = 0; number < media; number++) {
            told.add(MEDIA_URL + number);
            told.add(MEDIA_TYPE + number);
        }
        return told;
    }
}

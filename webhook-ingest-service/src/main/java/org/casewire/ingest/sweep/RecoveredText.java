package org.casewire.ingest.sweep;

import java.util.List;
import org.casewire.events.Event;
import org.casewire.events.InboundEvent.Media;
import org.casewire.events.SiteDocument;
import org.casewire.ingest.webhook.ReceivedMessages;
import org.casewire.ingest.webhook.ReceivedMessages.Facts;

/** A text found in the list, as the webhook would have told it. Nobody waits for an answer to it any more. */
record RecoveredText(TwilioText text, List<Media> media) {

    List<Event> events(SiteDocument site) {
        return ReceivedMessages.events(ReceivedMessages.of(
                site,
                new Facts(
                        text.sid(),
                        text.from(),
                        text.to(),
                        text.body(),
                        media,
                        text.segments(),
                        text.at(),
                        true,
                        text.attributes())));
    }
}

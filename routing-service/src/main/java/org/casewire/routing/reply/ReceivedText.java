package org.casewire.routing.reply;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.casewire.events.Conversation;
import org.casewire.events.InboundEvent.Keyword;
import org.casewire.events.InboundEvent.Media;
import org.casewire.events.InboundEvent.MessageReceived;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteDocument.Sender;
import org.casewire.routing.matching.Facts;
import org.casewire.routing.matching.Match;
import org.casewire.routing.matching.Matcher;
import org.casewire.routing.matching.Search;
import org.jspecify.annotations.Nullable;

/**
 * A text as it came in.
 *
 * @param recovered whether it was found at Twilio later
 * @param answer the text response that was given
 * @param erasedAt until when that person's texts were erased, this one among them
 */
public record ReceivedText(
        String sid,
        Conversation conversation,
        String to,
        String body,
        List<Media> media,
        Keyword keyword,
        boolean recovered,
        @Nullable String answer,
        Instant receivedAt,
        @Nullable Instant erasedAt) {

    static ReceivedText of(MessageReceived received, String contact) {
        return new ReceivedText(
                received.sid(),
                new Conversation(received.site(), contact),
                received.to() == null ? "" : received.to(),
                received.body(),
                received.media(),
                received.keyword(),
                received.recovered(),
                received.answer(),
                received.receivedAt(),
                null);
    }

    ReceivedText withoutWords(Instant until) {
        return new ReceivedText(sid, conversation, to, "", List.of(), keyword, recovered, null, receivedAt, until);
    }

    /** Where it belongs by the site's settings and what is known of its sender. */
    Match match(SiteDocument site, Instant before, Facts facts) {
        Match match = Matcher.match(Search.of(site, before), facts);
        return isForAnother(site)
                ? match.noting("It was sent to " + (to.isEmpty() ? "no number" : to)
                        + ", which is none of this site's numbers.")
                : match;
    }

    /** Which numbers a messaging service has is Twilio's to know. */
    private boolean isForAnother(SiteDocument site) {
        List<String> numbers = site.senders().stream()
                .map(Sender::number)
                .filter(Objects::nonNull)
                .toList();
        return !numbers.isEmpty()
                && numbers.size() == site.senders().size()
                && !numbers.contains(to)
                && !numbers.contains(PhoneNumbers.normalised(to, site.region()));
    }
}

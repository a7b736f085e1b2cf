package org.casewire.routing.reply;

import java.time.Instant;
import java.util.List;
import org.casewire.events.Conversation;
import org.casewire.events.InboundEvent.Keyword;
import org.casewire.events.InboundEvent.Media;
import org.casewire.events.InboundEvent.MessageReceived;
import org.jspecify.annotations.Nullable;

/**
 * A text as it came in.
 *
 * @param recovered whether it was found at Twilio later
 * @param answer the text response that was given
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
        Instant receivedAt) {

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
                received.receivedAt());
    }
}

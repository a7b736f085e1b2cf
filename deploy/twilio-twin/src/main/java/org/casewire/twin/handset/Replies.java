package org.casewire.twin.handset;

import java.util.List;
import java.util.Optional;
import org.casewire.twin.delivery.Carrier;
import org.casewire.twin.ledger.Direction;
import org.casewire.twin.ledger.Message;
import org.casewire.twin.ledger.Message.Content;
import org.casewire.twin.ledger.Message.Envelope;
import org.casewire.twin.ledger.Message.Terms;
import org.casewire.twin.ledger.Messages;
import org.casewire.twin.ledger.Status;
import org.casewire.twin.media.MediaFetcher;
import org.casewire.twin.optout.BlockList;
import org.casewire.twin.optout.Keyword;
import org.casewire.twin.webhook.Debugger;

/** What goes back to a person at once: Twilio's own words on a keyword, and what the account's webhook answered. */
public final class Replies {

    private static final int UNSUBSCRIBED = 21610;

    private final Messages messages;
    private final BlockList blockList;
    private final Carrier carrier;
    private final MediaFetcher media;
    private final Debugger debugger;

    /** Sends by this carrier. */
    public Replies(Messages messages, BlockList blockList, Carrier carrier, MediaFetcher media, Debugger debugger) {
        this.messages = messages;
        this.blockList = blockList;
        this.carrier = carrier;
        this.media = media;
        this.debugger = debugger;
    }

    void actOnKeyword(Message text) {
        Optional<Keyword> keyword = Keyword.of(text.text());
        if (keyword.isEmpty()) {
            return;
        }
        boolean changed = blockList.apply(keyword.get(), text.to(), text.from());
        // A YES from somebody who never stopped is an answer to the account, not to Twilio.
        if (changed || !text.text().strip().equalsIgnoreCase("YES")) {
            carrier.deliverNow(reply(text, keyword.get().reply(), List.of()));
        }
    }

    void send(Message text, List<Twiml.Reply> replies) {
        for (Twiml.Reply reply : replies) {
            if (blockList.blocks(text.to(), text.from())) {
                complain(text, UNSUBSCRIBED);
            } else {
                carrier.take(reply(text, reply.text(), reply.mediaUrls()));
            }
        }
    }

    void complain(Message text, int code) {
        debugger.complain(text.sid(), code);
    }

    private Message reply(Message text, String body, List<String> mediaUrls) {
        return messages.add(
                new Envelope(text.account(), Direction.OUTBOUND_REPLY, null, text.to(), text.from()),
                new Content(body, media.announce(mediaUrls)),
                Terms.DEFAULT,
                Status.QUEUED);
    }
}

package org.casewire.routing.conversation;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.casewire.routing.conversation.Conversations.Summary;
import org.casewire.routing.entry.Entries;
import org.casewire.routing.entry.Entry;
import org.casewire.routing.reply.ReceivedLog;
import org.casewire.routing.search.Unindexed.Direction;
import org.casewire.routing.search.Unindexed.Text;
import org.casewire.routing.sent.MessageKey;
import org.casewire.routing.sent.SentMessages;
import org.springframework.stereotype.Component;

/** The last text of every conversation of a page. */
@Component
class LastTexts {

    private final SentMessages sent;
    private final ReceivedLog received;
    private final Entries entries;

    LastTexts(SentMessages sent, ReceivedLog received, Entries entries) {
        this.sent = sent;
        this.received = received;
        this.entries = entries;
    }

    /** By contact. */
    Map<String, Entry> of(String site, List<Summary> conversations) {
        List<MessageKey> messages = conversations.stream()
                .filter(one -> one.lastDirection() == Direction.SENT)
                .map(one -> new MessageKey(site, UUID.fromString(one.lastRef())))
                .toList();
        List<Text> texts = conversations.stream()
                .filter(one -> one.lastDirection() == Direction.RECEIVED)
                .map(one -> new Text(Direction.RECEIVED, site, one.lastRef(), true))
                .toList();
        return entries.of(site, sent.byKey(messages), received.of(texts)).stream()
                .collect(Collectors.toMap(Entry::contact, Function.identity(), (one, other) -> one));
    }
}

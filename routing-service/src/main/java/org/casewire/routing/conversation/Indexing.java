package org.casewire.routing.conversation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.casewire.routing.conversation.Conversations.Summary;
import org.casewire.routing.erased.ErasureMarks;
import org.casewire.routing.reply.ReceivedLog;
import org.casewire.routing.reply.Reply;
import org.casewire.routing.search.Unindexed;
import org.casewire.routing.search.Unindexed.Direction;
import org.casewire.routing.search.Unindexed.Text;
import org.casewire.routing.search.WordIndex;
import org.casewire.routing.search.WordIndex.Said;
import org.casewire.routing.sent.MessageKey;
import org.casewire.routing.sent.SentMessage;
import org.casewire.routing.sent.SentMessages;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes what was stored up among the conversations and into the index of words. */
@Component
class Indexing {

    private static final int BATCHES = 4;

    private final ErasureMarks marks;
    private final Unindexed unindexed;
    private final ReceivedLog received;
    private final SentMessages sent;
    private final WordIndex words;
    private final Conversations conversations;

    Indexing(
            ErasureMarks marks,
            Unindexed unindexed,
            ReceivedLog received,
            SentMessages sent,
            WordIndex words,
            Conversations conversations) {
        this.marks = marks;
        this.unindexed = unindexed;
        this.received = received;
        this.sent = sent;
        this.words = words;
        this.conversations = conversations;
    }

    /** Returns whether there was anything to do. */
    @Transactional
    boolean next() {
        marks.takingIn();
        List<Text> taken = unindexed.take(BATCHES);
        if (taken.isEmpty()) {
            return false;
        }
        List<Summary> told = new ArrayList<>();
        told.addAll(received(of(taken, Direction.RECEIVED)));
        told.addAll(sent(of(taken, Direction.SENT)));
        conversations.count(told);
        return true;
    }

    /** A text that is named twice is counted once. */
    private static Map<Text, Boolean> of(List<Text> taken, Direction direction) {
        Map<Text, Boolean> texts = new LinkedHashMap<>();
        taken.stream()
                .filter(text -> text.direction() == direction)
                .forEach(text -> texts.merge(
                        new Text(direction, text.site(), text.ref(), false), text.counted(), Boolean::logicalAnd));
        return texts;
    }

    private List<Summary> received(Map<Text, Boolean> texts) {
        List<Reply> replies = received.of(texts.keySet());
        words.putReceived(replies.stream()
                .map(reply -> new Said(
                        reply.text().conversation().site(),
                        reply.text().receivedAt(),
                        reply.text().sid(),
                        reply.text().body(),
                        !reply.text().media().isEmpty()))
                .toList());
        return replies.stream()
                .map(reply -> Summary.of(
                        reply.text().conversation(),
                        Direction.RECEIVED,
                        reply.text().sid(),
                        reply.text().receivedAt(),
                        counted(
                                texts,
                                Direction.RECEIVED,
                                reply.text().conversation().site(),
                                reply.text().sid())))
                .toList();
    }

    private List<Summary> sent(Map<Text, Boolean> texts) {
        List<SentMessage> messages = sent.byKey(texts.keySet().stream()
                .map(text -> new MessageKey(text.site(), UUID.fromString(text.ref())))
                .toList());
        words.putSent(messages.stream()
                .map(message -> new Said(
                        message.conversation().site(),
                        message.at(),
                        message.messageId().toString(),
                        message.body(),
                        !message.mediaUrls().isEmpty()))
                .toList());
        return messages.stream()
                .filter(message -> isANumber(message.conversation().contact()))
                .map(message -> Summary.of(
                        message.conversation(),
                        Direction.SENT,
                        message.messageId().toString(),
                        message.at(),
                        counted(
                                texts,
                                Direction.SENT,
                                message.conversation().site(),
                                message.messageId().toString())))
                .toList();
    }

    /** What was refused because it is no number makes no conversation. */
    private static boolean isANumber(String contact) {
        return contact.startsWith("+");
    }

    private static boolean counted(Map<Text, Boolean> texts, Direction direction, String site, String ref) {
        return texts.getOrDefault(new Text(direction, site, ref, false), true);
    }
}

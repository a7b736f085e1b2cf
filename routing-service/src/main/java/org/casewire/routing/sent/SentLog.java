package org.casewire.routing.sent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.casewire.events.CaseRef;
import org.casewire.events.Conversation;
import org.casewire.events.MessageHeader;
import org.casewire.events.OutboundEvent;
import org.casewire.events.OutboundEvent.MessageAccepted;
import org.casewire.events.OutboundEvent.MessageCancelled;
import org.casewire.events.OutboundEvent.MessageHeld;
import org.casewire.events.OutboundEvent.MessageRejected;
import org.casewire.events.OutboundEvent.MessageScheduled;
import org.casewire.events.OutboundEvent.MessageStatusChanged;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.SiteDocument;
import org.casewire.events.site.Sites;
import org.casewire.routing.erased.ErasureMarks;
import org.casewire.routing.erased.ErasureMarks.Marks;
import org.casewire.routing.search.Unindexed;
import org.casewire.routing.search.Unindexed.Direction;
import org.casewire.routing.search.Unindexed.Text;
import org.springframework.stereotype.Component;

/** Follows what outbound tells of its messages, a batch at a time. */
@Component
public class SentLog {

    private final SentMessages messages;
    private final LastTexted lastTexted;
    private final ErasureMarks marks;
    private final Unindexed unindexed;
    private final Sites sites;

    SentLog(SentMessages messages, LastTexted lastTexted, ErasureMarks marks, Unindexed unindexed, Sites sites) {
        this.messages = messages;
        this.lastTexted = lastTexted;
        this.marks = marks;
        this.unindexed = unindexed;
        this.sites = sites;
    }

    /**
     * The messages of a batch as they stand after it, not yet stored.
     *
     * @param worded those whose words the batch told
     */
    public record Pending(Collection<SentMessage> messages, List<Acceptance> acceptances, Set<MessageKey> worded) {}

    /** Reads the messages a batch is about, locks them and applies the batch. */
    public Pending apply(List<Told> batch) {
        Set<MessageKey> keys = new LinkedHashSet<>();
        batch.forEach(told -> keys.add(key(told.event())));
        Map<MessageKey, SentMessage> messages = this.messages.lock(keys);
        Marks marks = this.marks.of(batch.stream()
                .map(Told::event)
                .filter(SentLog::hasWords)
                .map(event -> conversation(event.message()))
                .toList());
        List<Acceptance> acceptances = new ArrayList<>();
        batch.forEach(told -> apply(told, marks, messages, acceptances));
        Set<MessageKey> worded = batch.stream()
                .map(Told::event)
                .filter(SentLog::hasWords)
                .map(SentLog::key)
                .collect(Collectors.toSet());
        return new Pending(messages.values(), List.copyOf(acceptances), worded);
    }

    private static boolean hasWords(OutboundEvent event) {
        return event instanceof MessageAccepted || event instanceof MessageRejected;
    }

    private void apply(Told told, Marks marks, Map<MessageKey, SentMessage> messages, List<Acceptance> acceptances) {
        switch (told.event()) {
            case MessageScheduled waits -> {}
            case MessageHeld waits -> {}
            case MessageCancelled calledOff -> {}
            case MessageAccepted accepted -> {
                SentMessage message = messageOf(accepted, messages);
                CaseRef ref = accepted.message().caseRef();
                if (message.accepted(accepted) && ref != null) {
                    acceptances.add(new Acceptance(
                            message.conversation(), ref, accepted.at(), told.writtenAt(), told.traceParent()));
                }
                (isWithoutWords(accepted)
                                ? Optional.of(accepted.at())
                                : marks.covering(message.conversation(), accepted.at()))
                        .ifPresent(message::erasePartsUntil);
            }
            case MessageStatusChanged changed -> messageOf(changed, messages).moved(changed);
            case MessageRejected rejected -> {
                SentMessage message = messageOf(rejected, messages);
                message.rejected(rejected);
                marks.covering(message.conversation(), rejected.at()).ifPresent(message::erasePartsUntil);
            }
        }
    }

    /** Its words were erased while it waited. */
    private static boolean isWithoutWords(MessageAccepted accepted) {
        return accepted.body() == null && accepted.mediaUrls().isEmpty();
    }

    private SentMessage messageOf(OutboundEvent event, Map<MessageKey, SentMessage> messages) {
        return messages.computeIfAbsent(
                key(event), key -> new SentMessage(conversation(event.message()), event.message(), event.at()));
    }

    private Conversation conversation(MessageHeader header) {
        String region = sites.find(header.site()).map(SiteDocument::region).orElse("US");
        String to = header.to() == null ? "" : header.to();
        return new Conversation(header.site(), PhoneNumbers.normalised(to, region));
    }

    private static MessageKey key(OutboundEvent event) {
        return new MessageKey(event.message().site(), event.message().messageId());
    }

    /** Stores what {@link #apply} returned. */
    public void save(Pending pending) {
        Set<MessageKey> added = messages.save(pending.messages());
        lastTexted.save(pending.acceptances());
        unindexed.add(
                Direction.SENT,
                pending.messages().stream()
                        .map(SentMessage::key)
                        .filter(key -> added.contains(key) || pending.worded().contains(key))
                        .map(key -> new Text(
                                Direction.SENT, key.site(), key.messageId().toString(), !added.contains(key)))
                        .toList());
    }
}

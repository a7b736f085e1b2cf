package org.casewire.routing.reply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.casewire.events.Conversation;
import org.casewire.routing.cases.CaseNumbers;
import org.casewire.routing.matching.Facts;
import org.casewire.routing.matching.Facts.Holder;
import org.casewire.routing.matching.Facts.Texted;
import org.casewire.routing.sent.LastTexted;
import org.casewire.routing.sent.SentMessages;
import org.casewire.routing.sent.SentMessages.Moment;
import org.springframework.stereotype.Component;

/** Gathers what is known of the senders of a whole batch. */
@Component
class Senders {

    private final CaseNumbers numbers;
    private final LastTexted lastTexted;
    private final SentMessages messages;

    Senders(CaseNumbers numbers, LastTexted lastTexted, SentMessages messages) {
        this.numbers = numbers;
        this.lastTexted = lastTexted;
        this.messages = messages;
    }

    Map<Moment, Facts> factsAt(Set<Moment> moments) {
        Set<Conversation> senders = moments.stream().map(Moment::conversation).collect(Collectors.toSet());
        Map<Conversation, List<Holder>> holders = numbers.holding(senders);
        // Once for all texts of a sender, for a number may be thousands'.
        holders.values().forEach(some -> some.sort(Holder.BEST_FIRST));
        Map<Conversation, List<Texted>> texted = lastTexted.texting(senders);
        Map<Moment, List<Texted>> earlier = messages.textedBefore(textedSince(moments, texted));
        Map<Moment, Facts> facts = new HashMap<>();
        for (Moment moment : moments) {
            List<Texted> all = new ArrayList<>(texted.getOrDefault(moment.conversation(), List.of()));
            all.addAll(earlier.getOrDefault(moment, List.of()));
            facts.put(moment, new Facts(all, holders.getOrDefault(moment.conversation(), List.of())));
        }
        return facts;
    }

    /** Where the last time a case texted is too late to count, an earlier time of the same case may. */
    private static Collection<Moment> textedSince(Set<Moment> moments, Map<Conversation, List<Texted>> texted) {
        return moments.stream()
                .filter(moment -> texted.getOrDefault(moment.conversation(), List.of()).stream()
                        .anyMatch(one -> !one.acceptedAt().isBefore(moment.before())))
                .toList();
    }
}

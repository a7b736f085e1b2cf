package org.casewire.notification.mail;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.casewire.events.ReplyEvent;
import org.casewire.events.ReplyEvent.DocumentStored;
import org.casewire.events.ReplyEvent.ReplyAssigned;
import org.casewire.events.ReplyEvent.ReplyRouted;
import org.casewire.events.ReplyEvent.ReplyUnassigned;
import org.casewire.events.ReplyEvent.TextEvent;
import org.casewire.events.ReplyEvent.TextsErased;
import org.casewire.events.transport.Received;
import org.casewire.notification.mail.Line.Kind;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Texts that no case was found for are told to the site; those that somebody filed meanwhile are not. */
@Component
public class UnassignedTexts {

    private final Mailbag mailbag;
    private final Clock clock;

    UnassignedTexts(Mailbag mailbag, Clock clock) {
        this.mailbag = mailbag;
        this.clock = clock;
    }

    /** Follows what became of texts. */
    @Transactional
    public void follow(List<Received<ReplyEvent>> batch) {
        Map<String, ReplyEvent> last = new LinkedHashMap<>();
        for (Received<ReplyEvent> received : batch) {
            if (received instanceof Received.Arrived<ReplyEvent>(ReplyEvent event, var problems, var origin)) {
                switch (event) {
                    case ReplyUnassigned _, ReplyRouted _, ReplyAssigned _ ->
                        last.put(event.site() + "|" + ((TextEvent) event).sid(), event);
                    case DocumentStored _, TextsErased _ -> {}
                }
            }
        }
        mailbag.put(last.values().stream()
                .filter(ReplyUnassigned.class::isInstance)
                .map(event -> matter((ReplyUnassigned) event))
                .toList());
        mailbag.takeBack(last.values().stream()
                .filter(event -> !(event instanceof ReplyUnassigned))
                .map(event -> matter((TextEvent) event, Instant.EPOCH))
                .toList());
    }

    private Matter matter(ReplyUnassigned text) {
        return matter(text, Optional.ofNullable(text.receivedAt()).orElseGet(clock::instant));
    }

    private static Matter matter(TextEvent text, Instant at) {
        return new Matter(new Line(text.site(), Kind.UNASSIGNED), text.sid(), at);
    }
}

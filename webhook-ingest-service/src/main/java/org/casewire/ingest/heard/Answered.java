package org.casewire.ingest.heard;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.casewire.events.Conversation;

/** When each conversation was last answered; the one answered longest ago is forgotten first. */
final class Answered {

    private final Map<Conversation, Instant> last;

    Answered(int most) {
        this.last = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Conversation, Instant> eldest) {
                return size() > most;
            }
        };
    }

    synchronized Optional<Instant> at(Conversation conversation) {
        return Optional.ofNullable(last.get(conversation));
    }

    synchronized void note(Conversation conversation, Instant at) {
        Instant before = last.remove(conversation);
        last.put(conversation, before == null || before.isBefore(at) ? at : before);
    }

    synchronized boolean claim(Conversation conversation, Instant now, Duration interval) {
        Instant before = last.get(conversation);
        if (before != null && now.isBefore(before.plus(interval))) {
            return false;
        }
        note(conversation, now);
        return true;
    }

    synchronized void takeBack(Conversation conversation, Instant at) {
        last.remove(conversation, at);
    }
}

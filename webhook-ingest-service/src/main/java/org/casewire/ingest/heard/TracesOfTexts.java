package org.casewire.ingest.heard;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.casewire.events.Conversation;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which trace the last text to each person belongs to, so that a reply can go on with it. Best effort: whoever was texted
 * longest ago is forgotten first, and then the reply begins a trace of its own.
 */
@Component
public class TracesOfTexts {

    /** About as long as what is known of a delivery is kept at all. */
    private static final Duration WORTH_FOLLOWING = Duration.ofDays(7);

    private final Map<Conversation, Trace> last;
    private final Clock clock;

    TracesOfTexts(HeardProperties properties, Clock clock) {
        this.clock = clock;
        this.last = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Conversation, Trace> eldest) {
                return size() > properties.mostConversations();
            }
        };
    }

    private record Trace(String traceParent, long atMillis) {}

    /** What was last heard of a text to that person, unless it was too long ago. */
    public Optional<String> last(Conversation person) {
        return Optional.ofNullable(find(person))
                .filter(trace -> clock.millis() - trace.atMillis() < WORTH_FOLLOWING.toMillis())
                .map(Trace::traceParent);
    }

    private synchronized @Nullable Trace find(Conversation person) {
        return last.get(person);
    }

    /** Notes what was heard of a text just now. */
    public void note(Conversation person, String traceParent) {
        note(person, traceParent, clock.millis());
    }

    /** The log comes later than what this instance heard itself, and says the same. */
    synchronized void note(Conversation person, String traceParent, long atMillis) {
        Trace before = last.remove(person);
        boolean known = before != null && before.atMillis() > atMillis;
        last.put(person, known ? before : new Trace(traceParent, atMillis));
    }
}

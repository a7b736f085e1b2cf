package org.casewire.routing.reply;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.casewire.events.CaseRef;
import org.casewire.events.Matching;
import org.casewire.events.ReplyEvent;
import org.casewire.events.ReplyEvent.ReplyAssigned;
import org.casewire.events.ReplyEvent.ReplyRouted;
import org.casewire.events.ReplyEvent.ReplyUnassigned;
import org.casewire.routing.matching.Filing;

/**
 * A received text and where it stands.
 *
 * @param matchedBefore only texts accepted before this moment count for it
 * @param filedAt when it was filed first
 * @param strategy the site's at that moment
 */
public record Reply(ReceivedText text, Instant matchedBefore, Instant filedAt, Matching strategy, Filing filing) {

    /** Whether it waits for a person to file it, or stands on something. */
    public enum State {
        UNASSIGNED,
        ASSIGNED
    }

    /** Where it stands in the received log. */
    public State state() {
        return filing.cases().isEmpty() ? State.UNASSIGNED : State.ASSIGNED;
    }

    /** The event that tells of its first filing. */
    ReplyEvent filed() {
        return switch (state()) {
            case ASSIGNED ->
                new ReplyRouted(
                        text.sid(),
                        text.conversation().site(),
                        text.conversation().contact(),
                        text.to(),
                        text.body(),
                        text.media(),
                        filing.cases(),
                        strategy,
                        filing.rule().name(),
                        filing.explanation(),
                        text.receivedAt());
            case UNASSIGNED ->
                new ReplyUnassigned(
                        text.sid(),
                        text.conversation().site(),
                        text.conversation().contact(),
                        text.to(),
                        text.body(),
                        text.media(),
                        strategy,
                        filing.rule().name(),
                        filing.explanation(),
                        text.receivedAt());
        };
    }

    boolean standsOn(List<CaseRef> cases) {
        return new HashSet<>(filing.cases()).equals(new HashSet<>(cases));
    }

    /** The event that tells that it now stands elsewhere. */
    ReplyAssigned moved(Filing now, String by, Instant at) {
        return new ReplyAssigned(
                text.sid(),
                text.conversation().site(),
                text.conversation().contact(),
                now.cases(),
                null,
                null,
                filing.cases().stream()
                        .filter(before -> !now.cases().contains(before))
                        .toList(),
                by,
                at);
    }
}

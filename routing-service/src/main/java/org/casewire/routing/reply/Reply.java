package org.casewire.routing.reply;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.casewire.events.Matching;
import org.casewire.events.ReplyEvent;
import org.casewire.events.ReplyEvent.ReplyRouted;
import org.casewire.events.ReplyEvent.ReplyUnassigned;
import org.casewire.routing.matching.Filing;

/**
 * A received text and where it stands.
 *
 * @param matchedBefore only texts accepted before this moment count for it
 * @param filedAt when it was filed first
 * @param strategy the site's at that moment
 * @param filing the cases it stands on now, and what matching found
 * @param destination where it stands now
 */
public record Reply(
        ReceivedText text,
        Instant matchedBefore,
        Instant filedAt,
        Matching strategy,
        Filing filing,
        Destination destination,
        LastMove moved) {

    /** A text that was just filed. */
    static Reply filed(ReceivedText text, Instant matchedBefore, Instant filedAt, Matching strategy, Filing filing) {
        return new Reply(
                text, matchedBefore, filedAt, strategy, filing, Destination.cases(filing.cases()), LastMove.NEVER);
    }

    /** Whether it waits for a person to file it, or stands on something. */
    public enum State {
        UNASSIGNED,
        ASSIGNED
    }

    /** Where it stands in the received log. */
    public State state() {
        return destination.isNowhere() ? State.UNASSIGNED : State.ASSIGNED;
    }

    /** Sentences for case workers: what was looked at, why this was chosen, and who decided otherwise. */
    public List<String> explanation() {
        return moved.byAPerson()
                ? Stream.concat(
                                filing.explanation().stream(),
                                Stream.of(moved.by() + " moved it to where it stands now."))
                        .toList()
                : filing.explanation();
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
}

package org.casewire.routing.reply;

import java.time.Instant;
import org.casewire.events.Matching;
import org.casewire.events.ReplyEvent.ReplyAssigned;
import org.casewire.routing.matching.Filing;

/**
 * A received text and where it is to stand from now on.
 *
 * @param filing what matching says of it; its cases are not looked at
 * @param by the user who moves it, or {@code casewire}
 */
record Move(Reply reply, Destination to, Matching strategy, Filing filing, String by, Instant at, String traceParent) {

    /** What a person decides leaves standing what matching found. */
    static Move byAPerson(Reply reply, Destination to, String by, Instant at, String traceParent) {
        return new Move(reply, to, reply.strategy(), reply.filing(), by, at, traceParent);
    }

    int version() {
        return reply.moved().version() + 1;
    }

    ReplyAssigned event() {
        return new ReplyAssigned(
                reply.text().sid(),
                reply.text().conversation().site(),
                reply.text().conversation().contact(),
                to.cases(),
                to.contactId(),
                to.userId(),
                reply.filing().cases().stream()
                        .filter(before -> !to.cases().contains(before))
                        .toList(),
                by,
                at);
    }
}

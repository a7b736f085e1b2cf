package org.casewire.routing.reply;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.casewire.events.CaseRef;
import org.casewire.events.access.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Moves a received text to where a person says it belongs. */
@Component
class Assigning {

    private final Replies replies;
    private final KnownCases cases;
    private final Moving moving;
    private final Clock clock;

    Assigning(Replies replies, KnownCases cases, Moving moving, Clock clock) {
        this.replies = replies;
        this.cases = cases;
        this.moving = moving;
        this.clock = clock;
    }

    /** Who says so, and in which trace. */
    record Says(String by, String traceParent) {}

    /**
     * Where it stands already it stays, and nothing is told.
     *
     * @param expected the version that was looked at; null takes the text from wherever it stands
     */
    @Transactional
    void assign(Replies.Key key, Destination to, @Nullable Version expected, Says who) {
        Reply reply = replies.lock(key).orElseThrow(() -> noText(key.sid()));
        if (expected != null && !expected.isOf(reply)) {
            throw new Problem(
                    HttpStatus.PRECONDITION_FAILED,
                    "CHANGED_MEANWHILE",
                    "The text was moved since it was read; read it again and decide anew.");
        }
        if (reply.destination().is(to)) {
            return;
        }
        requireKnown(key.site(), to.cases());
        moving.move(List.of(Move.byAPerson(
                reply,
                to,
                who.by(),
                reply.moved().next(clock.instant().truncatedTo(ChronoUnit.MICROS)),
                who.traceParent())));
    }

    private void requireKnown(String site, List<CaseRef> wanted) {
        List<CaseRef> unknown = wanted.isEmpty() ? List.of() : cases.unknown(site, wanted);
        if (!unknown.isEmpty()) {
            CaseRef first = unknown.getFirst();
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "UNKNOWN_CASE",
                    "cases[" + wanted.indexOf(first) + "]: there is no " + first.kind() + " '" + first.id()
                            + "' here, or it is gone.");
        }
    }

    static Problem noText(String sid) {
        return Problem.notFound("There is no received text '" + sid + "'.");
    }
}

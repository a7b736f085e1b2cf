package org.casewire.outbound.dispatch;

import java.time.Instant;
import org.casewire.outbound.dispatch.Line.Claimed;
import org.casewire.outbound.dispatch.Line.Standing;
import org.casewire.outbound.gate.Verdict;
import org.casewire.outbound.message.Report;

/** Verdicts as reports of the parts they are about. */
final class Judgements {

    private Judgements() {}

    static Report held(Claimed part, Verdict.Wait wait, Instant at) {
        return new Report.Held(part.message(), part.part(), at, part.attempt(), wait.reason(), wait.until());
    }

    static Report refused(Claimed part, Verdict.Refuse refuse, Instant at) {
        return new Report.Refused(part.message(), part.part(), at, part.attempt(), refuse.why(), null);
    }

    /** What becomes of a part whose time has come. */
    static Report of(Standing part, Verdict verdict, Instant at) {
        return switch (verdict) {
            case Verdict.Go go -> new Report.Ready(part.message(), part.part(), at);
            case Verdict.Wait wait ->
                new Report.Held(part.message(), part.part(), at, null, wait.reason(), wait.until());
            case Verdict.Refuse refuse -> new Report.Refused(part.message(), part.part(), at, null, refuse.why(), null);
        };
    }
}

package org.casewire.outbound.dispatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.casewire.events.OutboundEvent.Hold;
import org.casewire.outbound.dispatch.Line.Allowance;
import org.casewire.outbound.dispatch.Line.Claimed;
import org.casewire.outbound.gate.Gate;
import org.casewire.outbound.gate.Verdict;
import org.casewire.outbound.sender.SenderKey;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Claims parts and judges them once more while the senders' rows are locked: a "no" that was written before is seen,
 * one that is being written waits (see {@link org.casewire.outbound.message.ClaimBarrier}).
 */
@Component
class Claims {

    private final Line line;
    private final Gate gate;

    Claims(Line line, Gate gate) {
        this.line = line;
        this.gate = gate;
    }

    /** A claimed part with the last word on it. */
    record Judged(Claimed part, Verdict verdict) {}

    @Transactional
    public List<Judged> claim(
            Map<SenderKey, Allowance> allowances, Collection<String> busy, int most, Instant now, Instant leaseUntil) {
        List<Claimed> claimed = line.claim(allowances, busy, most, now, leaseUntil);
        List<Verdict> verdicts =
                gate.judge(claimed.stream().map(Claimed::candidate).toList(), now);
        List<Judged> judged = new ArrayList<>(claimed.size());
        for (int i = 0; i < claimed.size(); i++) {
            judged.add(new Judged(claimed.get(i), begunGoesOn(claimed.get(i), verdicts.get(i))));
        }
        return judged;
    }

    /** Quiet hours do not cut a message in two. */
    private static Verdict begunGoesOn(Claimed part, Verdict verdict) {
        return part.begun() && verdict instanceof Verdict.Wait(Hold reason, Instant until) && reason == Hold.QUIET_HOURS
                ? new Verdict.Go(null)
                : verdict;
    }
}

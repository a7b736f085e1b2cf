package org.casewire.routing.reply;

import java.util.List;
import org.casewire.routing.erased.ErasureMarks;
import org.casewire.routing.sent.Acceptance;
import org.casewire.routing.sent.SentLog;
import org.casewire.routing.sent.Told;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes down what was sent and files again what was filed without knowing of it. */
@Component
class SentFollower {

    private final ErasureMarks marks;
    private final SentLog log;
    private final ConversationLocks locks;
    private final Refiling refiling;

    SentFollower(ErasureMarks marks, SentLog log, ConversationLocks locks, Refiling refiling) {
        this.marks = marks;
        this.log = log;
        this.locks = locks;
        this.refiling = refiling;
    }

    @Transactional
    void follow(List<Told> batch) {
        marks.takingIn();
        SentLog.Pending pending = log.apply(batch);
        List<Acceptance> acceptances = pending.acceptances();
        locks.forTakingDown(acceptances.stream().map(Acceptance::conversation).toList());
        log.save(pending);
        refiling.after(acceptances);
    }
}

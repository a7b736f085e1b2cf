package org.casewire.routing.document;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.casewire.routing.document.Outcome.Kept;
import org.casewire.routing.document.Outcome.Never;
import org.casewire.routing.document.Outcome.NotNow;
import org.casewire.routing.document.Outcome.Refused;
import org.casewire.routing.document.ReceivedFile.State;
import org.casewire.routing.document.Stored.Content;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Does one job: fetches the file, keeps it, and writes down what came of it. */
@Component
class FileWork {

    private static final Logger log = LoggerFactory.getLogger(FileWork.class);

    private final Fetching fetching;
    private final ObjectStore store;
    private final Jobs jobs;
    private final Patience patience;
    private final Trouble trouble;
    private final Clock clock;
    private final MeterRegistry meters;

    FileWork(
            Fetching fetching,
            ObjectStore store,
            Jobs jobs,
            Patience patience,
            Trouble trouble,
            Clock clock,
            MeterRegistry meters) {
        this.fetching = fetching;
        this.store = store;
        this.jobs = jobs;
        this.patience = patience;
        this.trouble = trouble;
        this.clock = clock;
        this.meters = meters;
    }

    void work(Job job) {
        Timer.Sample began = Timer.start(meters);
        Outcome outcome = fetched(job);
        began.stop(meters.timer("casewire.documents.fetch"));
        settle(job, outcome);
    }

    /** What nobody thought of must not keep a file from being tried again, or from being given up. */
    private Outcome fetched(Job job) {
        try {
            return fetching.fetch(job);
        } catch (RuntimeException unexpected) {
            return NotNow.because(
                    Reason.TWILIO_AWAY,
                    "Fetching it failed (" + unexpected.getClass().getSimpleName() + ").");
        }
    }

    private void settle(Job job, Outcome outcome) {
        switch (outcome) {
            case Kept kept -> keep(job, kept);
            case Refused(Reason reason, String detail) -> giveUp(job, State.REFUSED, reason, detail);
            case Never(Reason reason, String detail) -> giveUp(job, State.UNAVAILABLE, reason, detail);
            case NotNow failure -> tryAgain(job, failure);
        }
    }

    private void keep(Job job, Kept kept) {
        try (Spool.Spooled file = kept.file()) {
            store.put(job.objectKey(), file.path());
            Content content = new Content(kept.type(), file.bytes(), file.sha256());
            boolean isStored = jobs.store(job, content, clock.instant());
            count(isStored ? "stored" : "erased", "NONE");
            trouble.isOver(job.site(), Reason.STORE_AWAY);
            trouble.isOver(job.site(), Reason.NO_CREDENTIALS);
        } catch (IOException failure) {
            tryAgain(
                    job,
                    NotNow.because(
                            Reason.STORE_AWAY,
                            "The store here does not take it now. Twilio keeps it until it is stored."));
        }
    }

    private void giveUp(Job job, State state, Reason reason, String detail) {
        jobs.giveUp(job, state, reason, detail, clock.instant());
        count(state.name().toLowerCase(Locale.ROOT), reason.name());
        log.atInfo()
                .addKeyValue("documentId", job.documentId())
                .addKeyValue("state", state)
                .addKeyValue("reason", reason)
                .log("A received file is not kept");
    }

    private void tryAgain(Job job, NotNow failure) {
        Instant now = clock.instant();
        Instant failingSince = job.failingSince(failure.reason(), now);
        Optional<Instant> next = patience.next(failure, job.triedSince(), failingSince, job.attempts(), now);
        if (next.isEmpty()) {
            giveUp(job, State.UNAVAILABLE, failure.reason(), failure.detail());
            return;
        }
        jobs.tryAgain(job, failure, next.get(), failingSince);
        count("postponed", failure.reason().name());
        trouble.with(job.site(), failure);
    }

    private void count(String outcome, String reason) {
        meters.counter("casewire.documents", "outcome", outcome, "reason", reason)
                .increment();
    }
}

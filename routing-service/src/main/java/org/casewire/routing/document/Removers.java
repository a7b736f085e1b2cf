package org.casewire.routing.document;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.casewire.events.worker.Worker;
import org.casewire.routing.document.RemovalTable.AtTwilio;
import org.casewire.routing.document.RemovalTable.Claimed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes out what is to go, from the store and at Twilio, and does not give up before the store says that it is gone. */
@Component
class Removers extends Worker {

    private static final Logger log = LoggerFactory.getLogger(Removers.class);
    private static final int AT_ONCE = 50;
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final RemovalTable table;
    private final ObjectStore store;
    private final TwilioRemoval twilio;
    private final Patience patience;
    private final AfterCommit.Bell bell;
    private final DocumentProperties settings;
    private final Clock clock;
    private final MeterRegistry meters;
    private boolean warned;

    Removers(
            RemovalTable table,
            ObjectStore store,
            TwilioRemoval twilio,
            Patience patience,
            AfterCommit afterCommit,
            DocumentProperties settings,
            Clock clock,
            MeterRegistry meters) {
        super("file-removal", "Files that are to go wait for the database; trying again until it answers");
        this.table = table;
        this.store = store;
        this.twilio = twilio;
        this.patience = patience;
        this.bell = afterCommit.removing();
        this.settings = settings;
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    protected void turn() throws InterruptedException {
        if (fromStore() + atTwilio() == 0) {
            rest();
        }
    }

    @Override
    protected void rest() throws InterruptedException {
        bell.await(settings.lookAgain().toMillis());
    }

    private int fromStore() {
        Instant now = clock.instant();
        List<Claimed> due = table.claim(AT_ONCE, now, now.plus(LEASE));
        due.forEach(this::remove);
        return due.size();
    }

    private void remove(Claimed removal) {
        try {
            store.delete(removal.objectKey());
            meters.counter("casewire.documents.removed").increment();
            warned = false;
        } catch (IOException failure) {
            (warned ? log.atDebug() : log.atWarn())
                    .addKeyValue("failure", failure.getClass().getSimpleName())
                    .log("The store does not delete what was erased; trying again until it does");
            warned = true;
            table.again(removal, clock.instant().plus(patience.backOff(removal.attempts())));
            return;
        }
        if (clock.instant().isBefore(removal.mayCome())) {
            table.again(removal, removal.mayCome());
        } else {
            table.done(removal);
        }
    }

    private int atTwilio() {
        Instant now = clock.instant();
        List<AtTwilio> due = table.claimAtTwilio(AT_ONCE, now, now.plus(LEASE));
        due.forEach(this::removeAtTwilio);
        return due.size();
    }

    private void removeAtTwilio(AtTwilio removal) {
        Instant now = clock.instant();
        if (twilio.isGone(removal)) {
            meters.counter("casewire.documents.deleted.at.twilio").increment();
            table.done(removal);
        } else if (now.isBefore(removal.triedSince().plus(settings.giveUpAfter()))) {
            table.again(removal, now.plus(patience.backOff(removal.attempts())));
        } else {
            log.atWarn()
                    .addKeyValue("site", removal.site())
                    .log("A stored file could not be deleted at Twilio and stays there; delete it there by hand");
            table.done(removal);
        }
    }
}

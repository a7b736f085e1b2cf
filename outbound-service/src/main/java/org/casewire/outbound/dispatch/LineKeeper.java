package org.casewire.outbound.dispatch;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.casewire.events.RejectionReason;
import org.casewire.events.site.TwilioCredentials;
import org.casewire.outbound.dispatch.Line.Standing;
import org.casewire.outbound.gate.Gate;
import org.casewire.outbound.gate.Verdict;
import org.casewire.outbound.message.DueSignal;
import org.casewire.outbound.message.HeldTexts;
import org.casewire.outbound.message.Message.Rejection;
import org.casewire.outbound.message.Progress;
import org.casewire.outbound.message.Report;
import org.casewire.outbound.start.HeardFirst;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Looks after parts that stand in line: those whose time comes, those that may not leave although it has come, those
 * whose use has passed, and those whose process died.
 */
@Component
class LineKeeper {

    private static final Logger log = LoggerFactory.getLogger(LineKeeper.class);

    private static final Rejection EXPIRED =
            new Rejection(RejectionReason.EXPIRED, "The text could not leave before it was of no use any more.");

    private final Line line;
    private final Gate gate;
    private final Progress progress;
    private final DueSignal due;
    private final TransactionOperations transactions;
    private final HeardFirst heard;
    private final HeldTexts held;
    private final TwilioCredentials credentials;
    private final Clock clock;

    LineKeeper(
            Line line,
            Gate gate,
            Progress progress,
            DueSignal due,
            TransactionOperations transactions,
            HeardFirst heard,
            HeldTexts held,
            TwilioCredentials credentials,
            Clock clock) {
        this.line = line;
        this.gate = gate;
        this.progress = progress;
        this.due = due;
        this.transactions = transactions;
        this.heard = heard;
        this.held = held;
        this.credentials = credentials;
        this.clock = clock;
    }

    /** An account that was missing may be there now: only a start tells of it. */
    @EventListener(ApplicationReadyEvent.class)
    void reconsiderAtStart() {
        try {
            credentials.twilio().keySet().forEach(held::reconsider);
        } catch (DataAccessException away) {
            log.atWarn()
                    .addKeyValue("failure", away.getClass().getSimpleName())
                    .log("Held texts could not be looked at again; they are at the next start or change of their site");
        }
    }

    /** Lets those go whose time has come, and holds or refuses those that may not. */
    @Scheduled(fixedDelayString = "PT0.025S")
    void admit() {
        quietly(() -> {
            while (judged(() -> line.due(clock.instant()))) {
                due.raise();
            }
        });
    }

    /** Tells those in line that are held up by their sender, their site or its account. */
    @Scheduled(fixedDelayString = "PT0.5S")
    void hold() {
        quietly(() -> {
            Instant now = clock.instant();
            gate.closed(line.lines(), now).forEach(sender -> judged(() -> line.waitingFor(sender, now)));
        });
    }

    /** Ends what is of no use any more, and doubts attempts whose process died. */
    @Scheduled(fixedDelayString = "PT0.5S")
    void sweep() {
        quietly(() -> {
            List<Report> reports = new ArrayList<>();
            Instant now = clock.instant();
            line.leasesEnded(now).forEach(part -> reports.add(doubted(part, now)));
            line.expired(now)
                    .forEach(part ->
                            reports.add(new Report.Refused(part.message(), part.part(), now, null, EXPIRED, null)));
            if (!reports.isEmpty()) {
                progress.apply(reports);
                due.raise();
            }
        });
    }

    private interface Finding {
        List<Standing> find();
    }

    /** Judges what is found, locked meanwhile; returns whether there was anything. */
    private boolean judged(Finding finding) {
        return Boolean.TRUE.equals(transactions.execute(transaction -> {
            List<Standing> found = finding.find();
            if (found.isEmpty()) {
                return false;
            }
            Instant now = clock.instant();
            List<Verdict> verdicts =
                    gate.judge(found.stream().map(Standing::candidate).toList(), now);
            List<Report> reports = new ArrayList<>(found.size());
            for (int i = 0; i < found.size(); i++) {
                reports.add(Judgements.of(found.get(i), verdicts.get(i), now));
            }
            progress.apply(reports);
            return true;
        }));
    }

    /** Not before the sites and what people said are known: a text must not be judged without them. */
    private void quietly(Runnable keeping) {
        if (!heard.isHeard()) {
            return;
        }
        try {
            keeping.run();
        } catch (DataAccessException | TransactionException away) {
            log.atWarn()
                    .addKeyValue("failure", away.getClass().getSimpleName())
                    .log("The line could not be kept; trying again");
        }
    }

    private static Report doubted(Standing part, Instant now) {
        log.atWarn()
                .addKeyValue("messageId", part.message().messageId())
                .addKeyValue("part", part.part())
                .log("Nobody reported on this attempt; Twilio is asked whether it has the text");
        return new Report.InDoubt(part.message(), part.part(), now, Objects.requireNonNull(part.attempt()), now, false);
    }
}

package org.casewire.outbound.dispatch;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.casewire.events.OutboundEvent.Hold;
import org.casewire.events.RejectionReason;
import org.casewire.events.site.TwilioCredentials;
import org.casewire.outbound.dispatch.Line.Standing;
import org.casewire.outbound.message.DueSignal;
import org.casewire.outbound.message.Message.Rejection;
import org.casewire.outbound.message.Progress;
import org.casewire.outbound.message.Report;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Looks after parts that cannot go on by themselves: leases that ended, use that passed, accounts that are missing. */
@Component
class LineKeeper {

    private static final Logger log = LoggerFactory.getLogger(LineKeeper.class);

    private static final Rejection EXPIRED =
            new Rejection(RejectionReason.EXPIRED, "The text could not leave before it was of no use any more.");

    private final Line line;
    private final Progress progress;
    private final DueSignal due;
    private final TwilioCredentials credentials;
    private final DispatchProperties properties;
    private final Clock clock;

    LineKeeper(
            Line line,
            Progress progress,
            DueSignal due,
            TwilioCredentials credentials,
            DispatchProperties properties,
            Clock clock) {
        this.line = line;
        this.progress = progress;
        this.due = due;
        this.credentials = credentials;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT0.5S")
    void keep() {
        try {
            List<Report> reports = new ArrayList<>();
            Instant now = clock.instant();
            line.leasesEnded(now).forEach(part -> reports.add(abandoned(part, now)));
            line.expired(now)
                    .forEach(part ->
                            reports.add(new Report.Refused(part.message(), part.part(), now, null, EXPIRED, null)));
            line.withoutCredentials(credentials.twilio().keySet(), now)
                    .forEach(part -> reports.add(new Report.Held(
                            part.message(), part.part(), now, Hold.NO_CREDENTIALS, now.plus(properties.holdFor()))));
            if (!reports.isEmpty()) {
                progress.apply(reports);
                due.raise();
            }
        } catch (DataAccessException | TransactionException away) {
            log.atWarn()
                    .addKeyValue("failure", away.getClass().getSimpleName())
                    .log("The line could not be kept; trying again");
        }
    }

    private static Report abandoned(Standing part, Instant now) {
        log.atWarn()
                .addKeyValue("messageId", part.message().messageId())
                .addKeyValue("part", part.part())
                .log("Nobody reported on this attempt; the text is sent again");
        return new Report.Abandoned(part.message(), part.part(), now, Objects.requireNonNull(part.attempt()));
    }
}

package org.casewire.notification.mail;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.mail.internet.InternetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.casewire.events.SiteDocument;
import org.casewire.events.site.Sites;
import org.casewire.notification.mail.MailLines.Claim;
import org.casewire.notification.mail.MailLines.Contents;
import org.casewire.notification.mail.MailServer.Outcome;
import org.casewire.notification.mail.Untold.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Sends what is due, one e-mail at a time: claimed, then sent with no transaction open, then written down. */
@Component
class Sending {

    private static final Logger log = LoggerFactory.getLogger(Sending.class);

    private final MailLines lines;
    private final MailServer server;
    private final Recipients recipients;
    private final Sites sites;
    private final Untold untold;
    private final MailProperties properties;
    private final MeterRegistry meters;
    private final Clock clock;

    /** While the server is away there is no use in trying the next line. */
    private volatile Instant pausedUntil = Instant.MIN;

    private int failuresInARow;

    Sending(
            MailLines lines,
            MailServer server,
            Recipients recipients,
            Sites sites,
            Untold untold,
            MailProperties properties,
            MeterRegistry meters,
            Clock clock) {
        this.lines = lines;
        this.server = server;
        this.recipients = recipients;
        this.sites = sites;
        this.untold = untold;
        this.properties = properties;
        this.meters = meters;
        this.clock = clock;
    }

    /** Sends one e-mail if one is due; returns how many that was. */
    int sendOnce() {
        Instant now = clock.instant();
        if (isPaused(now)) {
            return 0;
        }
        lines.refused().stream()
                .filter(one -> isChanged(one.line(), one.address()))
                .forEach(one -> lines.wake(one.line(), now));
        Optional<Claim> claimed = lines.claim(now, properties.lease());
        claimed.ifPresent(claim -> send(claim, now));
        return claimed.isPresent() ? 1 : 0;
    }

    /** A clock that was set back must not make the pause longer. */
    private boolean isPaused(Instant now) {
        return now.isBefore(pausedUntil) && !now.plus(properties.longestRetry()).isBefore(pausedUntil);
    }

    private boolean isChanged(Line line, String refused) {
        return recipients
                .address(line)
                .filter(address -> address.getAddress().equals(refused))
                .isEmpty();
    }

    private void send(Claim claim, Instant now) {
        Optional<InternetAddress> address = recipients.address(claim.line());
        if (address.isEmpty() || !server.isConfigured()) {
            Reason reason = server.isConfigured() ? Reason.NO_ADDRESS : Reason.NO_SMTP;
            untold.count(claim.line(), reason, lines.drop(claim, now));
            return;
        }
        Contents contents = lines.contents(claim, Letter.SHOWN);
        InternetAddress to = address.get();
        switch (server.send(claim.mailId(), to, letter(claim.line(), contents), now)) {
            case Outcome.Taken _ -> taken(claim, contents);
            case Outcome.Refused _ -> refused(claim, to);
            case Outcome.Failed(String failure, boolean mayHaveLeft) -> failed(claim, failure, mayHaveLeft);
        }
    }

    private Letter letter(Line line, Contents contents) {
        SiteDocument site = sites.find(line.site()).orElse(null);
        return switch (line.kind()) {
            case UNASSIGNED ->
                Letter.ofUnassigned(Optional.ofNullable(site).orElseThrow(), contents, properties.unassignedLink());
            case DEAD_LETTER -> Letter.ofDeadLetters(site, contents);
        };
    }

    private void taken(Claim claim, Contents contents) {
        Instant now = clock.instant();
        lines.told(claim, now, now.plus(properties.digestAfter()));
        failuresInARow = 0;
        meters.counter("casewire.mail.sent", "kind", claim.line().tag()).increment();
        log.atDebug().addKeyValue("matters", contents.total()).log("E-mail sent");
    }

    private void refused(Claim claim, InternetAddress to) {
        lines.refused(claim, clock.instant().plus(properties.refusedRetry()), to.getAddress());
        countFailure("address refused");
        log.atWarn()
                .addKeyValue("site", claim.line().site())
                .addKeyValue("kind", claim.line().tag())
                .log("The mail server refused the address; set another one, it is tried at once");
    }

    private void failed(Claim claim, String failure, boolean mayHaveLeft) {
        Duration pause = properties.pauseAfter(++failuresInARow);
        Instant now = clock.instant();
        lines.failed(claim, now.plus(properties.pauseAfter(claim.attempts() + 1)), mayHaveLeft);
        pausedUntil = now.plus(pause);
        countFailure(failure);
        (failuresInARow == 1 ? log.atWarn() : log.atDebug())
                .addKeyValue("failure", failure)
                .log("E-mail could not be sent; trying again until the mail server takes it");
    }

    private void countFailure(String failure) {
        meters.counter("casewire.mail.failures", "failure", failure).increment();
    }
}

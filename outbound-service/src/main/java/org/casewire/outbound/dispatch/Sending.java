package org.casewire.outbound.dispatch;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.casewire.events.OutboundEvent.Hold;
import org.casewire.events.RejectionReason;
import org.casewire.events.site.TwilioCredentials;
import org.casewire.events.site.TwilioCredentials.Account;
import org.casewire.events.transport.tracing.Step;
import org.casewire.events.transport.tracing.Tracing;
import org.casewire.outbound.dispatch.Line.Claimed;
import org.casewire.outbound.gateway.SendCommand;
import org.casewire.outbound.gateway.SendOutcome;
import org.casewire.outbound.gateway.TwilioGateway;
import org.casewire.outbound.gateway.TwilioProperties;
import org.casewire.outbound.message.Message.Rejection;
import org.casewire.outbound.message.Report;
import org.casewire.outbound.sender.Senders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Has one claimed part sent and reports what came of it. No transaction is open meanwhile. */
@Component
class Sending {

    private static final Logger log = LoggerFactory.getLogger(Sending.class);

    /**
     * Connection overrides for the status callback (Twilio, "Webhooks: connection overrides"): three more tries on
     * every kind of failure, four seconds each, within Twilio's fifteen.
     */
    private static final String CALLBACK_OVERRIDES = "#rc=3&rp=all&rt=4000";

    private static final int LARGEST_BACK_OFF = 6;

    private final TwilioGateway twilio;
    private final TwilioProperties twilioProperties;
    private final String publicBaseUrl;
    private final TwilioCredentials credentials;
    private final Senders senders;
    private final DispatchProperties properties;
    private final Tracing tracing;
    private final Clock clock;

    Sending(
            TwilioGateway twilio,
            TwilioProperties twilioProperties,
            TwilioCredentials credentials,
            Senders senders,
            DispatchProperties properties,
            Tracing tracing,
            Clock clock) {
        this.twilio = twilio;
        this.twilioProperties = twilioProperties;
        this.publicBaseUrl = String.valueOf(twilioProperties.publicBaseUrl()).replaceAll("/+$", "");
        this.credentials = credentials;
        this.senders = senders;
        this.properties = properties;
        this.tracing = tracing;
        this.clock = clock;
    }

    /** @param busy whether the account takes too many calls at once */
    record Sent(Report report, boolean busy) {}

    /** The Twilio account a part leaves from. */
    String account(Claimed part) {
        return credentials.of(part.message().site()).orElseThrow().accountSid();
    }

    /** @param wantedUntil after this moment the text must not be delivered, null for no such moment */
    Sent send(Claimed part, @Nullable Instant wantedUntil) {
        // Whoever was asleep so long that the lease may end during the call leaves the part to the others.
        Instant start = clock.instant();
        if (start.plus(twilioProperties.call().longest()).isAfter(part.leaseUntil())) {
            return new Sent(tryAgain(part, start, start), false);
        }
        Account account = credentials.of(part.message().site()).orElseThrow();
        try (Step step = tracing.client("POST " + TwilioGateway.MESSAGES, part.traceParent())) {
            return step.during(() -> {
                SendOutcome outcome = twilio.send(new SendCommand(
                        account,
                        part.sender(),
                        part.to(),
                        part.body(),
                        part.mediaUrl(),
                        callback(part, step.traceParent()),
                        validFor(start, part.expiresAt(), wantedUntil)));
                tell(step, part, outcome);
                return sent(part, outcome, clock.instant());
            });
        }
    }

    private static void tell(Step step, Claimed part, SendOutcome outcome) {
        if (!step.isRecorded()) {
            return;
        }
        step.with("http.request.method", "POST")
                .with("url.template", TwilioGateway.MESSAGES)
                .with("casewire.site", part.message().site())
                .with("casewire.subject", part.message().messageId().toString())
                .with("casewire.part", part.part())
                .with("casewire.attempt", part.attempt().toString())
                .with("casewire.outcome", outcome.getClass().getSimpleName());
        switch (outcome) {
            case SendOutcome.Accepted(String sid, String _) -> step.with("casewire.sid", sid);
            case SendOutcome.Refused(int status, Integer code, String _) -> {
                step.with("http.response.status_code", status)
                        .with("casewire.twilio.code", code == null ? null : code.toString());
                step.failed(code == null ? Integer.toString(status) : code.toString());
            }
            case SendOutcome.NeverSent _, SendOutcome.Unknown _ ->
                step.failed(outcome.getClass().getSimpleName());
        }
    }

    /** Carriers' backlog must not deliver after the time it is wanted. */
    private static @Nullable Duration validFor(
            Instant now, @Nullable Instant expiresAt, @Nullable Instant wantedUntil) {
        Instant end =
                expiresAt == null || wantedUntil != null && wantedUntil.isBefore(expiresAt) ? wantedUntil : expiresAt;
        return end == null ? null : Duration.between(now, end);
    }

    /**
     * Names the attempt, so that a callback proves it even when Twilio's answer was lost, and the trace, which Twilio
     * knows nothing of.
     */
    private URI callback(Claimed part, String traceParent) {
        return URI.create(publicBaseUrl + "/twilio/" + part.message().site() + "/status?attempt=" + part.attempt()
                + "&message=" + part.message().messageId() + "&part=" + part.part() + "&trace=" + traceParent
                + CALLBACK_OVERRIDES);
    }

    private Sent sent(Claimed part, SendOutcome outcome, Instant at) {
        return switch (outcome) {
            case SendOutcome.Accepted(String sid, String status) -> new Sent(accepted(part, sid, status, at), false);
            case SendOutcome.Refused refused -> refused(part, refused, at);
            case SendOutcome.NeverSent(String why) -> {
                tell(part, why, "Twilio was not reached; the text is tried again");
                yield new Sent(tryAgain(part, at, at.plus(backOff(part.attempts()))), false);
            }
            case SendOutcome.Unknown(String why) -> {
                tell(part, why, "Nobody knows whether Twilio took the text; its callback or its list will tell");
                yield new Sent(new Report.InDoubt(part.message(), part.part(), at, part.attempt(), at, false), false);
            }
        };
    }

    private static Report accepted(Claimed part, String sid, String status, Instant at) {
        return new Report.Told(
                part.message(),
                part.part(),
                at,
                part.attempt(),
                "answer-" + part.attempt(),
                sid,
                status,
                null,
                Report.Source.ANSWER);
    }

    private Sent refused(Claimed part, SendOutcome.Refused refused, Instant at) {
        Remedy remedy = Remedy.of(refused.status(), refused.code());
        return switch (remedy) {
            case REFUSE, REFUSE_OPTED_OUT ->
                new Sent(
                        new Report.Refused(
                                part.message(),
                                part.part(),
                                at,
                                part.attempt(),
                                rejection(remedy, refused),
                                refused.code()),
                        false);
            case SLOW_DOWN, TRY_AGAIN -> {
                tell(part, String.valueOf(refused.code()), "Twilio did not process the text; it is tried again");
                yield new Sent(tryAgain(part, at, at.plus(backOff(part.attempts()))), remedy == Remedy.SLOW_DOWN);
            }
            case HOLD_SENDER -> new Sent(hold(part, part.sender(), refused, at), false);
            case HOLD_SITE -> new Sent(hold(part, null, refused, at), false);
        };
    }

    private static Rejection rejection(Remedy remedy, SendOutcome.Refused refused) {
        return remedy == Remedy.REFUSE_OPTED_OUT
                ? new Rejection(
                        RejectionReason.OPTED_OUT,
                        "This number has opted out of texts from this sender (Twilio 21610); only the person can undo that, by texting START.")
                : new Rejection(
                        RejectionReason.TWILIO_REFUSED,
                        "Twilio " + (refused.code() == null ? "HTTP " + refused.status() : refused.code()) + ": "
                                + refused.explanation());
    }

    /** @param sender null for all of the site's */
    private Report hold(Claimed part, @Nullable String sender, SendOutcome.Refused refused, Instant at) {
        log.atError()
                .addKeyValue("site", part.message().site())
                .addKeyValue("status", refused.status())
                .addKeyValue("code", refused.code())
                .log("Twilio refuses this site's account or sender; mend it, its texts wait and are tried again");
        Instant until = at.plus(properties.holdFor());
        try {
            until = senders.hold(part.message().site(), sender, properties.holdFor(), refused.code(), at);
        } catch (DataAccessException away) {
            log.atWarn()
                    .addKeyValue("failure", away.getClass().getSimpleName())
                    .log("The hold of a sender could not be written; the next text will say so again");
        }
        return new Report.Held(part.message(), part.part(), at, part.attempt(), Hold.NUMBER_ON_HOLD, until);
    }

    private static Report tryAgain(Claimed part, Instant at, Instant then) {
        return new Report.NotProcessed(part.message(), part.part(), at, part.attempt(), then);
    }

    private static void tell(Claimed part, String why, String what) {
        log.atWarn()
                .addKeyValue("messageId", part.message().messageId())
                .addKeyValue("reason", why)
                .log(what);
    }

    /** Doubles with every attempt, half of it by chance so that many do not come back at once. */
    private Duration backOff(int attempts) {
        Duration most = properties.tryAgainAfter().multipliedBy(1L << Math.min(attempts - 1, LARGEST_BACK_OFF));
        long half = most.toMillis() / 2;
        return Duration.ofMillis(half + RandomGenerator.getDefault().nextLong(half + 1));
    }
}

package org.casewire.outbound.dispatch;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.casewire.events.RejectionReason;
import org.casewire.events.site.TwilioCredentials;
import org.casewire.events.site.TwilioCredentials.Account;
import org.casewire.outbound.dispatch.Line.Claimed;
import org.casewire.outbound.gateway.SendCommand;
import org.casewire.outbound.gateway.SendOutcome;
import org.casewire.outbound.gateway.TwilioGateway;
import org.casewire.outbound.gateway.TwilioProperties;
import org.casewire.outbound.message.Message.Rejection;
import org.casewire.outbound.message.Report;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Has one claimed part sent and reports what came of it. No transaction is open meanwhile. */
@Component
class Sending {

    private static final Logger log = LoggerFactory.getLogger(Sending.class);

    /** Twilio's code for a number that sent STOP to this sender. */
    private static final int OPTED_OUT = 21610;

    /**
     * Connection overrides for the status callback (Twilio, "Webhooks: connection overrides"): three more tries on
     * every kind of failure, four seconds each, within Twilio's fifteen.
     */
    private static final String CALLBACK_OVERRIDES = "#rc=3&rp=all&rt=4000";

    private static final int LARGEST_BACK_OFF = 6;

    private final TwilioGateway twilio;
    private final TwilioProperties twilioProperties;
    private final TwilioCredentials credentials;
    private final DispatchProperties properties;
    private final Clock clock;

    Sending(
            TwilioGateway twilio,
            TwilioProperties twilioProperties,
            TwilioCredentials credentials,
            DispatchProperties properties,
            Clock clock) {
        this.twilio = twilio;
        this.twilioProperties = twilioProperties;
        this.credentials = credentials;
        this.properties = properties;
        this.clock = clock;
    }

    Report send(Claimed part) {
        Account account = credentials.of(part.message().site()).orElseThrow();
        SendOutcome outcome = twilio.send(new SendCommand(
                account,
                part.sender(),
                part.to(),
                part.body(),
                part.mediaUrl(),
                callback(part),
                validFor(part.expiresAt())));
        return report(part, outcome, clock.instant());
    }

    private @Nullable Duration validFor(@Nullable Instant expiresAt) {
        return expiresAt == null ? null : Duration.between(clock.instant(), expiresAt);
    }

    /** Names the attempt, so that a callback proves it even when Twilio's answer was lost. */
    private URI callback(Claimed part) {
        return URI.create("%s/twilio/%s/status?attempt=%s&message=%s&part=%d%s"
                .formatted(
                        String.valueOf(twilioProperties.publicBaseUrl()).replaceAll("/+$", ""),
                        part.message().site(),
                        part.attempt(),
                        part.message().messageId(),
                        part.part(),
                        CALLBACK_OVERRIDES));
    }

    private Report report(Claimed part, SendOutcome outcome, Instant at) {
        return switch (outcome) {
            case SendOutcome.Accepted(String sid, String status) ->
                new Report.Told(
                        part.message(),
                        part.part(),
                        at,
                        part.attempt(),
                        "answer-" + part.attempt(),
                        sid,
                        status,
                        null,
                        Report.Source.ANSWER);
            case SendOutcome.Refused(Integer code, String explanation) ->
                new Report.Refused(part.message(), part.part(), at, part.attempt(), rejection(code, explanation), code);
            case SendOutcome.Misconfigured(Integer code, String explanation) -> {
                log.atError()
                        .addKeyValue("site", part.message().site())
                        .addKeyValue("code", code)
                        .log(
                                "Twilio refuses this site's account or sender; mend it, the text waits and is tried again");
                yield new Report.NotProcessed(
                        part.message(), part.part(), at, part.attempt(), at.plus(properties.holdFor()));
            }
            case SendOutcome.NotProcessed(String why) -> {
                log.atWarn()
                        .addKeyValue("messageId", part.message().messageId())
                        .addKeyValue("reason", why)
                        .log("Twilio did not process the text; it is tried again");
                yield new Report.NotProcessed(
                        part.message(), part.part(), at, part.attempt(), at.plus(backOff(part.attempts())));
            }
            case SendOutcome.Unknown(String why) -> {
                log.atWarn()
                        .addKeyValue("messageId", part.message().messageId())
                        .addKeyValue("reason", why)
                        .log("Nobody knows whether Twilio took the text; waiting for its callback");
                yield new Report.InDoubt(part.message(), part.part(), at, part.attempt(), at.plus(properties.doubt()));
            }
        };
    }

    private static Rejection rejection(@Nullable Integer code, String explanation) {
        return code != null && code == OPTED_OUT
                ? new Rejection(
                        RejectionReason.OPTED_OUT,
                        "This number has opted out of texts from this sender (Twilio 21610); only the person can undo that, by texting START.")
                : new Rejection(RejectionReason.TWILIO_REFUSED, "Twilio " + code + ": " + explanation);
    }

    /** Doubles with every attempt, half of it by chance so that many do not come back at once. */
    private Duration backOff(int attempts) {
        Duration most = properties.tryAgainAfter().multipliedBy(1L << Math.min(attempts - 1, LARGEST_BACK_OFF));
        long half = most.toMillis() / 2;
        return Duration.ofMillis(half + RandomGenerator.getDefault().nextLong(half + 1));
    }
}

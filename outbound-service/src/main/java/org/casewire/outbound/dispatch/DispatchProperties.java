package org.casewire.outbound.dispatch;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How parts are taken out of the line.
 *
 * @param inFlight how many calls of this instance may be out at once
 * @param inFlightPerAccount how many of them may be of one Twilio account; fewer while it answers 429
 * @param poll how often to look for what became due by itself or was left by another instance
 * @param lease how long an attempt may be out before the process that made it counts as dead; longer than a call
 * @param lookAgain how long to wait between two looks into Twilio's list for an attempt in doubt
 * @param askPersonEvery the same once a person is asked
 * @param tryAgainAfter how long to wait when Twilio surely did not process an attempt; doubles up to 64 times that
 * @param holdFor how long a sender is held first when Twilio says that it must be mended; doubles up to 32 times that
 */
@ConfigurationProperties("casewire.dispatch")
record DispatchProperties(
        @DefaultValue("128") int inFlight,
        @DefaultValue("64") int inFlightPerAccount,
        @DefaultValue("100ms") Duration poll,
        @DefaultValue("20s") Duration lease,
        @DefaultValue("5s") Duration lookAgain,
        @DefaultValue("1m") Duration askPersonEvery,
        @DefaultValue("1s") Duration tryAgainAfter,
        @DefaultValue("30s") Duration holdFor) {

    DispatchProperties {
        if (inFlight < 1 || inFlightPerAccount < 1) {
            throw new IllegalArgumentException("casewire.dispatch.in-flight and in-flight-per-account must be above 0");
        }
    }
}

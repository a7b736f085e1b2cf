package org.casewire.outbound.dispatch;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How parts are taken out of the line.
 *
 * @param inFlight how many calls of this instance may be out at once
 * @param poll how often to look for what became due by itself or was left by another instance
 * @param lease how long an attempt may be out before the process that made it counts as dead; longer than a call
 * @param doubt how long to wait for news of an attempt whose outcome is not known
 * @param tryAgainAfter how long to wait when Twilio surely did not process an attempt; doubles up to 64 times that
 * @param holdFor how long a part waits that may not leave because something is to be mended first
 */
@ConfigurationProperties("casewire.dispatch")
record DispatchProperties(
        @DefaultValue("64") int inFlight,
        @DefaultValue("100ms") Duration poll,
        @DefaultValue("30s") Duration lease,
        @DefaultValue("30s") Duration doubt,
        @DefaultValue("1s") Duration tryAgainAfter,
        @DefaultValue("30s") Duration holdFor) {}

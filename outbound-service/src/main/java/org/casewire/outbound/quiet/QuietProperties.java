package org.casewire.outbound.quiet;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What quiet hours do not hold.
 *
 * @param liveFor how long after a person's text a worker's answer reaches them at any hour
 */
@ConfigurationProperties("casewire.quiet")
record QuietProperties(@DefaultValue("PT2H") Duration liveFor) {}

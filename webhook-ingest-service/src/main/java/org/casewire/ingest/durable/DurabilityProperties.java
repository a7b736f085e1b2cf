package org.casewire.ingest.durable;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long an event may take to be safe.
 *
 * @param within well below the 15 s that Twilio waits (8 s)
 */
@ConfigurationProperties("casewire.ingest.durable")
record DurabilityProperties(@DefaultValue("8s") Duration within) {}

package org.casewire.ingest.durable;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long Kafka may take to acknowledge an event before it goes to the spool.
 *
 * @param within well below the 15 s that Twilio waits (4 s); the producer gives up sooner
 */
@ConfigurationProperties("casewire.ingest.durable")
record DurabilityProperties(@DefaultValue("4s") Duration within) {}

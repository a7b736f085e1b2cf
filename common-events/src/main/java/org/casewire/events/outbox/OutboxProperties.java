package org.casewire.events.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the outbox is emptied.
 *
 * @param poll how often to look for events another instance left (its own are told at once)
 * @param pauseAfterFailure how long to wait when the database or the broker does not answer
 * @param batch how many events leave in one transaction
 */
@ConfigurationProperties("casewire.outbox")
record OutboxProperties(
        @DefaultValue("50ms") Duration poll,
        @DefaultValue("500ms") Duration pauseAfterFailure,
        @DefaultValue("2000") int batch) {}

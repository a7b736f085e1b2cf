package org.casewire.ingest.durable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.casewire.events.transport.ListenerStart;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Ready once everything that is read at start was read; or, when Kafka is away, after a short wait for it, with the
 * sites as they last were.
 */
@Component("takingWebhooks")
class Readiness implements HealthIndicator {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ListenerStart start;
    private final RememberedSites sites;
    private final Clock clock;
    private final Instant began;

    Readiness(ListenerStart start, RememberedSites sites, Clock clock) {
        this.start = start;
        this.sites = sites;
        this.clock = clock;
        this.began = clock.instant();
    }

    @Override
    public Health health() {
        Health health = start.health();
        boolean waitedLongEnough = began.plus(PATIENCE).isBefore(clock.instant());
        return !health.getStatus().equals(Status.UP) && sites.any() && waitedLongEnough
                ? Health.up().build()
                : health;
    }
}

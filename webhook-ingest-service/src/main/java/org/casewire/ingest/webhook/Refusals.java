package org.casewire.ingest.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.casewire.events.access.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Says no to a webhook, and counts it. */
@Component
class Refusals {

    private static final Logger log = LoggerFactory.getLogger(Refusals.class);
    private static final String SOON_IN_SECONDS = "5";

    private final MeterRegistry meters;

    /** Every reason is there from the start, so that an alarm sees the first refusal as a rise from zero. */
    Refusals(MeterRegistry meters) {
        this.meters = meters;
        for (Refusal refusal : Refusal.values()) {
            counter(refusal);
        }
    }

    private Counter counter(Refusal refusal) {
        return meters.counter("casewire.webhooks.refused", "reason", refusal.name());
    }

    /** @param detail what the sender has to change; holds nothing of what was sent */
    Problem of(Refusal refusal, String detail) {
        counter(refusal).increment();
        log.atDebug().addKeyValue("reason", refusal).log("Webhook refused");
        Problem problem = new Problem(refusal.status(), refusal.name(), detail);
        if (refusal.status() == HttpStatus.SERVICE_UNAVAILABLE) {
            problem.getHeaders().set(HttpHeaders.RETRY_AFTER, SOON_IN_SECONDS);
        }
        return problem;
    }
}

package org.casewire.ingest.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.casewire.events.access.Problem;
import org.casewire.ingest.quarantine.Arrival;
import org.casewire.ingest.quarantine.Quarantine;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Says no to a webhook: counts it, says so in the log now and then, and puts it aside where there is something to keep. */
@Component
class Refusals {

    private static final String SOON_IN_SECONDS = "5";
    private static final String REFUSED = "casewire.webhooks.refused";
    private static final String SHADOWED = "casewire.webhooks.shadowed";

    private final Map<Refusal, Counter> refused = new ConcurrentHashMap<>();
    private final MeterRegistry meters;
    private final RefusalLog log;
    private final Quarantine quarantine;
    private final SignatureCheck signatures;

    /** Every reason is there from the start, so that an alarm sees the first refusal as a rise from zero. */
    Refusals(MeterRegistry meters, RefusalLog log, Quarantine quarantine, SignatureCheck signatures) {
        this.meters = meters;
        this.log = log;
        this.quarantine = quarantine;
        this.signatures = signatures;
        for (Refusal refusal : Refusal.values()) {
            counter(refusal);
        }
    }

    private Counter counter(Refusal refusal) {
        return refused.computeIfAbsent(refusal, reason -> meters.counter(REFUSED, "reason", reason.name()));
    }

    /** Refuses what nothing is kept of. */
    Problem of(Refusal refusal) {
        return of(refusal, refusal.detail());
    }

    /** @param detail what the sender has to change; holds nothing of what was sent */
    Problem of(Refusal refusal, String detail) {
        log.refused(refusal, "");
        return problem(refusal, detail);
    }

    /** Refuses what an operator may look at. */
    Problem of(Refusal refusal, Arrival arrival) {
        return of(refusal, refusal.detail(), arrival);
    }

    /** The same with a detail of its own. */
    Problem of(Refusal refusal, String detail, Arrival arrival) {
        log.refused(refusal, arrival.site());
        quarantine.put(arrival, refusal.name(), false, isPlausible(arrival));
        return problem(refusal, detail);
    }

    /** Notes what would have been refused, were its site not in shadow mode. */
    void inShadow(Refusal refusal, Arrival arrival) {
        meters.counter(SHADOWED, "site", arrival.site(), "reason", refusal.name())
                .increment();
        log.shadowed(refusal, arrival.site());
        quarantine.put(arrival, refusal.name(), true, isPlausible(arrival));
    }

    private boolean isPlausible(Arrival arrival) {
        return signatures.namesAccount(arrival);
    }

    private Problem problem(Refusal refusal, String detail) {
        counter(refusal).increment();
        Problem problem = new Problem(refusal.status(), refusal.name(), detail);
        if (refusal.status() == HttpStatus.SERVICE_UNAVAILABLE) {
            problem.getHeaders().set(HttpHeaders.RETRY_AFTER, SOON_IN_SECONDS);
        }
        return problem;
    }
}

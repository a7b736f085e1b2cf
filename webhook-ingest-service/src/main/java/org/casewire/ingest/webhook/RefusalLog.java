package org.casewire.ingest.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** One line a minute for each site and reason, however many are refused. */
@Component
class RefusalLog {

    private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<Cause, Tally> tallies = new ConcurrentHashMap<>();

    RefusalLog(Clock clock) {
        this.clock = clock;
    }

    /** @param site of those we know; a stranger's word for one never gets here */
    private record Cause(Refusal refusal, String site, boolean shadow) {}

    private static final class Tally {
        private @Nullable Instant lastLine;
        private long unsaid;

        /** How many a line is to tell of now; 0 for no line. */
        synchronized long due(Instant now) {
            unsaid++;
            if (lastLine != null && now.isBefore(lastLine.plus(BETWEEN_LINES))) {
                return 0;
            }
            lastLine = now;
            long due = unsaid;
            unsaid = 0;
            return due;
        }
    }

    void refused(Refusal refusal, String site) {
        // These have a line of their own, once when they begin.
        if (refusal.status() != HttpStatus.SERVICE_UNAVAILABLE) {
            say(new Cause(refusal, site, false));
        }
    }

    void shadowed(Refusal refusal, String site) {
        say(new Cause(refusal, site, true));
    }

    private void say(Cause cause) {
        long count = tallies.computeIfAbsent(cause, first -> new Tally()).due(clock.instant());
        if (count > 0) {
            log.atWarn()
                    .addKeyValue("site", cause.site())
                    .addKeyValue("reason", cause.refusal())
                    .addKeyValue("count", count)
                    .log(line(cause));
        }
    }

    private static String line(Cause cause) {
        if (cause.shadow()) {
            return "Webhooks taken in shadow mode that would be refused; the site's quarantine shows them";
        }
        return cause.refusal() == Refusal.NO_CREDENTIALS
                ? "Webhooks of a site without Twilio credentials are refused;"
                        + " set casewire.twilio.<site>.account-sid and .auth-tokens"
                : "Webhooks refused";
    }
}

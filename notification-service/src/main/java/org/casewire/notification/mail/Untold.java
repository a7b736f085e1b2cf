package org.casewire.notification.mail;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Counts what nobody could be told, and says so once for each line. */
@Component
class Untold {

    private static final Logger log = LoggerFactory.getLogger(Untold.class);

    private final MeterRegistry meters;
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    Untold(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Why not. */
    enum Reason {
        NO_SMTP("E-mail is not sent; set spring.mail.host and casewire.mail.from"),
        NO_ADDRESS(
                "Nobody is told by e-mail; set unassignedEmail of the site, or casewire.mail.operator for dead letters"),
        EXPIRED("E-mail could not be sent for so long that what it was about is dropped; look at the mail server");

        private final String advice;

        Reason(String advice) {
            this.advice = advice;
        }
    }

    void count(Line line, Reason reason, int matters) {
        meters.counter("casewire.mail.untold", "kind", line.tag(), "reason", reason.name())
                .increment(matters);
        if (said.add(line.site() + "|" + line.kind() + "|" + reason)) {
            log.atWarn()
                    .addKeyValue("site", line.isTheOperators() ? "operator" : line.site())
                    .addKeyValue("kind", line.tag())
                    .addKeyValue("reason", reason)
                    .addKeyValue("advice", reason.advice)
                    .log("Nobody was told by e-mail");
        }
    }
}

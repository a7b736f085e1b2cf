package org.casewire.routing.document;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells the operator of what only the operator can mend: once, until it is mended. */
@Component
class Trouble {

    private static final Logger log = LoggerFactory.getLogger(Trouble.class);

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    void with(String site, Outcome.NotNow failure) {
        boolean isOurs = failure.reason() == Reason.STORE_AWAY || failure.reason() == Reason.NO_CREDENTIALS;
        if (isOurs && told.add(site + "|" + failure.reason())) {
            log.atWarn()
                    .addKeyValue("site", site)
                    .addKeyValue("reason", failure.reason())
                    .log("Received files wait: {}", failure.detail());
        }
    }

    void isOver(String site, Reason reason) {
        told.remove(site + "|" + reason);
    }
}

package org.casewire.outbound.gate;

import java.util.List;
import org.casewire.outbound.consent.Consents;
import org.casewire.outbound.consent.Consents.Blocked;
import org.casewire.outbound.message.TextsFailed;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Mirrors Twilio's own block list: a text it refused because the person opted out there is an opt-out here. */
@Component
class TwilioBlocks {

    /** Twilio's code for it; by answer, or by callback through a Service. */
    private static final int OPTED_OUT = 21610;

    private final Consents consents;

    TwilioBlocks(Consents consents) {
        this.consents = consents;
    }

    @EventListener
    void on(TextsFailed failed) {
        List<Blocked> blocked = failed.failures().stream()
                .filter(failure -> failure.code() == OPTED_OUT)
                .map(failure -> new Blocked(failure.person(), failure.at(), failure.sid()))
                .toList();
        if (!blocked.isEmpty()) {
            consents.blockedByTwilio(blocked);
        }
    }
}

package org.casewire.outbound.message;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import org.casewire.events.OutboundEvent;
import org.casewire.events.OutboundEvent.MessageAccepted;
import org.casewire.events.OutboundEvent.MessageCancelled;
import org.casewire.events.OutboundEvent.MessageHeld;
import org.casewire.events.OutboundEvent.MessageRejected;
import org.casewire.events.OutboundEvent.MessageScheduled;
import org.casewire.events.OutboundEvent.MessageStatusChanged;
import org.casewire.events.outbox.Outbox.Outgoing;
import org.springframework.stereotype.Component;

/** Counts what becomes of texts, and why: each event once, as it is handed to the outbox. */
@Component
public class Tally {

    private static final String NO_REASON = "none";

    private final MeterRegistry meters;

    Tally(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Counts them, and hands them back. */
    public List<Outgoing> counted(List<Outgoing> events) {
        events.forEach(one -> {
            if (one.event() instanceof OutboundEvent event) {
                count(event);
            }
        });
        return events;
    }

    private void count(OutboundEvent event) {
        switch (event) {
            case MessageScheduled _ -> count("scheduled", NO_REASON);
            case MessageHeld held -> count("held", held.reason().name());
            case MessageAccepted _ -> count("accepted", NO_REASON);
            case MessageStatusChanged changed ->
                count(
                        changed.status().name().toLowerCase(Locale.ROOT),
                        changed.errorCode() == null
                                ? NO_REASON
                                : changed.errorCode().toString());
            case MessageRejected rejected -> count("rejected", rejected.reason().name());
            case MessageCancelled _ -> count("cancelled", NO_REASON);
        }
    }

    private void count(String event, String reason) {
        meters.counter("casewire.texts", "event", event, "reason", reason).increment();
    }
}

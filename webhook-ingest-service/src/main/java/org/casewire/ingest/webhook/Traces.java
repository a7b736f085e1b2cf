package org.casewire.ingest.webhook;

import java.util.Optional;
import org.casewire.events.Conversation;
import org.casewire.events.transport.TraceParent;
import org.casewire.ingest.heard.TracesOfTexts;
import org.casewire.ingest.quarantine.Arrival;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds the trace that a webhook belongs to; Twilio names none. The address of a status callback does, and is signed. A
 * text goes on with the trace of the last text this person got from us.
 */
@Component
class Traces {

    private final TracesOfTexts texts;

    Traces(TracesOfTexts texts) {
        this.texts = texts;
    }

    String continuedBy(Arrival arrival, Form form) {
        return TraceParent.carriedOrNew(
                switch (Kind.valueOf(arrival.kind())) {
                    case status ->
                        Optional.ofNullable(named(arrival)).or(() -> Optional.ofNullable(arrival.traceParent()));
                    case messages ->
                        Optional.ofNullable(arrival.traceParent())
                                .or(() -> texts.last(new Conversation(arrival.site(), form.text("From"))));
                    case calls -> Optional.ofNullable(arrival.traceParent());
                });
    }

    private static @Nullable String named(Arrival arrival) {
        return TraceParent.valid(Webhook.query(arrival.query()).first("trace"));
    }

    /** Notes what the last word on a text was part of, for what is said in reply. */
    void heard(String site, String contact, String traceParent) {
        texts.note(new Conversation(site, contact), traceParent);
    }
}

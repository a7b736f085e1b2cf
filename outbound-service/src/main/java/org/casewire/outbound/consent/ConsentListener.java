package org.casewire.outbound.consent;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.ConsentEvent;
import org.casewire.events.ConsentEvent.ConsentChanged;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.Conversation;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.SiteDocument;
import org.casewire.events.Topics;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.EventReader;
import org.casewire.events.transport.Received;
import org.casewire.events.transport.Received.Arrived;
import org.casewire.events.transport.UnreadableEvent;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Hears what people said: from ingest, from the upstream, and this service's own words again. */
@Component
class ConsentListener {

    private final EventReader reader;
    private final ConsentLedger ledger;
    private final Sites sites;

    ConsentListener(EventReader reader, ConsentLedger ledger, Sites sites) {
        this.reader = reader;
        this.ledger = ledger;
        this.sites = sites;
    }

    @KafkaListener(topics = Topics.CONSENT)
    void on(List<ConsumerRecord<String, byte[]>> records) {
        reader.read(
                records,
                ConsentEvent.class,
                batch -> ledger.hear(batch.stream().map(this::statement).toList()));
    }

    private Statement statement(Received<ConsentEvent> received) {
        return switch (received) {
            case Arrived<ConsentEvent>(ConsentChanged changed, var problems, var origin) ->
                new Statement(
                        person(changed),
                        changed.state(),
                        changed.source(),
                        changed.categories(),
                        changed.evidence(),
                        changed.at(),
                        origin.traceParent());
            case Received.Tombstone<ConsentEvent> nothing ->
                throw new UnreadableEvent("the value is missing; a change of consent cannot be empty");
        };
    }

    private Conversation person(ConsentChanged changed) {
        SiteDocument site = sites.find(changed.site())
                .orElseThrow(() -> new UnreadableEvent("there is no site '" + changed.site() + "'"));
        boolean fromTheAir = changed.source() == Source.KEYWORD || changed.source() == Source.PLAIN_LANGUAGE;
        if (!fromTheAir && PhoneNumbers.read(changed.contact(), site.region()).isEmpty()) {
            throw new UnreadableEvent("contact is not a phone number");
        }
        return new Conversation(changed.site(), PhoneNumbers.normalised(changed.contact(), site.region()));
    }
}

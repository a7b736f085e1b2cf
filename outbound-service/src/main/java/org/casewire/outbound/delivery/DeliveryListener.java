package org.casewire.outbound.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.DeliveryEvent;
import org.casewire.events.DeliveryEvent.DeliveryReported;
import org.casewire.events.Topics;
import org.casewire.events.backlog.Latency;
import org.casewire.events.transport.EventReader;
import org.casewire.events.transport.Received;
import org.casewire.events.transport.Received.Arrived;
import org.casewire.events.transport.UnreadableEvent;
import org.casewire.outbound.delivery.SentTexts.Place;
import org.casewire.outbound.message.MessageKey;
import org.casewire.outbound.message.Progress;
import org.casewire.outbound.message.Report.Source;
import org.casewire.outbound.message.Report.Told;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Hears Twilio's status callbacks: late, repeated, out of order, or earlier than our own record of the text's SID. */
@Component
class DeliveryListener {

    private final EventReader reader;
    private final SentTexts texts;
    private final Progress progress;
    private final Latency latency;
    private final Clock clock;

    DeliveryListener(EventReader reader, SentTexts texts, Progress progress, MeterRegistry meters, Clock clock) {
        this.reader = reader;
        this.texts = texts;
        this.progress = progress;
        this.latency = Latency.of(meters, "callback-told");
        this.clock = clock;
    }

    @KafkaListener(topics = Topics.DELIVERY)
    void on(List<ConsumerRecord<String, byte[]>> records) {
        reader.read(records, DeliveryEvent.class, this::hear);
    }

    private record Heard(DeliveryReported report, String id) {}

    private void hear(List<Received<DeliveryEvent>> batch) {
        List<Heard> heard = batch.stream().map(DeliveryListener::heard).toList();
        Map<SentTexts.Sid, Place> bySid = texts.find(heard.stream()
                .filter(one -> one.report().messageId() == null || one.report().part() == null)
                .map(one -> new SentTexts.Sid(one.report().site(), one.report().sid()))
                .distinct()
                .toList());
        List<Told> told = new ArrayList<>(heard.size());
        for (Heard one : heard) {
            DeliveryReported report = one.report();
            Place place = report.messageId() != null && report.part() != null
                    ? new Place(new MessageKey(report.site(), report.messageId()), report.part())
                    : bySid.get(new SentTexts.Sid(report.site(), report.sid()));
            if (place != null) {
                told.add(told(place, report, one.id()));
            }
        }
        progress.apply(told);
        Instant now = clock.instant();
        told.forEach(one -> latency.record(one.at(), now));
    }

    private static Heard heard(Received<DeliveryEvent> received) {
        return switch (received) {
            case Arrived<DeliveryEvent>(DeliveryReported report, var problems, var origin) ->
                new Heard(report, origin.id());
            case Received.Tombstone<DeliveryEvent> nothing ->
                throw new UnreadableEvent("the value is missing; a delivery report cannot be empty");
        };
    }

    private static Told told(Place place, DeliveryReported report, String id) {
        return new Told(
                place.message(),
                place.part(),
                report.receivedAt(),
                report.attempt(),
                id,
                report.sid(),
                report.status(),
                report.errorCode(),
                Source.CALLBACK);
    }
}

package org.casewire.outbound.message;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.casewire.events.backlog.Latency;
import org.casewire.events.outbox.Outbox;
import org.casewire.events.outbox.Outbox.Outgoing;
import org.casewire.events.transport.TraceInLogs;
import org.casewire.outbound.message.Report.Told;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The one place where what was learned of parts becomes their state, its history and its events, in one transaction. */
@Service
public class Progress {

    private static final Logger log = LoggerFactory.getLogger(Progress.class);

    private final Messages messages;
    private final Outbox outbox;
    private final Tally tally;
    private final FollowUpProperties followUp;
    private final ApplicationEventPublisher publisher;
    private final MeterRegistry meters;
    private final Latency accepted;
    private final Latency delivered;
    private final Counter doubled;

    Progress(
            Messages messages,
            Outbox outbox,
            Tally tally,
            FollowUpProperties followUp,
            ApplicationEventPublisher publisher,
            MeterRegistry meters) {
        this.messages = messages;
        this.outbox = outbox;
        this.tally = tally;
        this.followUp = followUp;
        this.publisher = publisher;
        this.meters = meters;
        this.accepted = Latency.of(meters, "request-accepted");
        this.delivered = Latency.of(meters, "request-delivered");
        // Known before it counts, or a first double would not be seen as one more.
        this.doubled = meters.counter("casewire.texts.doubled");
    }

    /** A report with what it changed. */
    record Heard(Told report, boolean advanced) {}

    /** What a batch brings beside the messages it moves. */
    private record Gathered(List<Heard> heard, List<Told> surplus, List<Failure> failures) {
        Gathered() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    /** Applies a batch in its order; reports of messages that are not ours are left out. */
    @Transactional
    public void apply(List<? extends Report> reports) {
        Map<MessageKey, Message> locked =
                messages.lock(reports.stream().map(Report::message).distinct().toList());
        Map<MessageKey, Message> touched = new LinkedHashMap<>();
        Gathered gathered = new Gathered();
        for (Report report : reports) {
            Message message = locked.get(report.message());
            if (message == null || !message.hasPart(report.part())) {
                meters.counter("casewire.reports.unknown").increment();
                continue;
            }
            touched.put(report.message(), message);
            try (TraceInLogs _ = TraceInLogs.of(message.traceParent())) {
                apply(report, message, gathered);
            }
        }
        save(List.copyOf(touched.values()), gathered);
    }

    private void save(List<Message> touched, Gathered gathered) {
        messages.save(touched);
        messages.keep(gathered.heard());
        messages.keepSurplus(gathered.surplus()).forEach(id -> alarmOfDouble(id, touched));
        outbox.append(tally.counted(touched.stream()
                .flatMap(message -> message.events().stream().map(event -> new Outgoing(event, message.traceParent())))
                .toList()));
        if (!gathered.failures().isEmpty()) {
            publisher.publishEvent(new TextsFailed(gathered.failures()));
        }
    }

    private void alarmOfDouble(UUID messageId, List<Message> touched) {
        doubled.increment();
        Optional<String> trace = touched.stream()
                .filter(message -> message.key().messageId().equals(messageId))
                .map(Message::traceParent)
                .findFirst();
        try (TraceInLogs _ = TraceInLogs.of(trace.orElse(null))) {
            log.atError()
                    .addKeyValue("messageId", messageId)
                    .log("An attempt that had been given up was sent after all: the person has this text twice");
        }
    }

    private void apply(Report report, Message message, Gathered gathered) {
        switch (report) {
            case Told told -> told(told, message, gathered);
            case Report.Refused refused -> {
                message.refused(refused.part(), refused.attempt(), refused.why(), refused.code(), refused.at());
                if (refused.code() != null) {
                    gathered.failures().add(message.failure(null, refused.code(), refused.at()));
                }
            }
            case Report.NotProcessed not -> message.postponed(not.part(), not.attempt(), not.tryAgainAt(), not.at());
            case Report.InDoubt doubt ->
                message.doubted(doubt.part(), doubt.attempt(), doubt.askTwilioAt(), doubt.askPerson(), doubt.at());
            case Report.Abandoned abandoned -> message.released(abandoned.part(), abandoned.attempt(), abandoned.at());
            case Report.Ready ready -> message.ready(ready.part(), ready.at());
            case Report.Held held -> message.held(held.part(), held.attempt(), held.reason(), held.until(), held.at());
        }
    }

    private void told(Told told, Message message, Gathered gathered) {
        if (message.isDouble(told.part(), told.sid())) {
            gathered.heard().add(new Heard(told, false));
            gathered.surplus().add(told);
            return;
        }
        if (message.isLateTruth(told.part())) {
            meters.counter("casewire.texts.late").increment();
            log.atError()
                    .addKeyValue("messageId", told.message().messageId())
                    .addKeyValue("providerSid", told.sid())
                    .log("An attempt that had been given up was sent after all; the message had ended without it");
        }
        MessageStatus status = statusOf(told);
        boolean first = message.part(told.part()).sid() == null;
        boolean advanced = message.told(
                told.part(), told.sid(), status, told.errorCode(), told.at().plus(followUp.askAfter()), told.at());
        gathered.heard().add(new Heard(told, advanced));
        if (first) {
            accepted.record(message.wantedAt(), told.at());
        }
        if (advanced && status == MessageStatus.DELIVERED) {
            delivered.record(message.wantedAt(), told.at());
        }
        if (advanced && told.errorCode() != null) {
            gathered.failures().add(message.failure(told.sid(), told.errorCode(), told.at()));
        }
    }

    private static MessageStatus statusOf(Told told) {
        Optional<MessageStatus> status = MessageStatus.fromTwilio(told.word());
        if (status.isEmpty()) {
            log.atWarn()
                    .addKeyValue("providerSid", told.sid())
                    .addKeyValue("status", told.word())
                    .log("Twilio reports a status that Casewire does not know; it is kept and changes nothing");
        }
        return status.orElse(MessageStatus.ACCEPTED);
    }
}

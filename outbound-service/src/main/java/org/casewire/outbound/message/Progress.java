package org.casewire.outbound.message;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.casewire.events.outbox.Outbox;
import org.casewire.events.outbox.Outbox.Outgoing;
import org.casewire.outbound.message.Report.Told;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The one place where what was learned of parts becomes their state, its history and its events, in one transaction. */
@Service
public class Progress {

    private static final Logger log = LoggerFactory.getLogger(Progress.class);

    private final Messages messages;
    private final Outbox outbox;
    private final FollowUpProperties followUp;
    private final MeterRegistry meters;

    Progress(Messages messages, Outbox outbox, FollowUpProperties followUp, MeterRegistry meters) {
        this.messages = messages;
        this.outbox = outbox;
        this.followUp = followUp;
        this.meters = meters;
    }

    /** A report with what it changed. */
    record Heard(Told report, boolean advanced) {}

    /** Applies a batch in its order; reports of messages that are not ours are left out. */
    @Transactional
    public void apply(List<? extends Report> reports) {
        Map<MessageKey, Message> locked =
                messages.lock(reports.stream().map(Report::message).distinct().toList());
        Map<MessageKey, Message> touched = new LinkedHashMap<>();
        List<Heard> heard = new ArrayList<>();
        for (Report report : reports) {
            Message message = locked.get(report.message());
            if (message == null || !message.hasPart(report.part())) {
                meters.counter("casewire.reports.unknown").increment();
                continue;
            }
            touched.put(report.message(), message);
            apply(report, message).ifPresent(heard::add);
        }
        save(touched.values(), heard);
        messages.finishAttempts(reports);
    }

    private void save(Collection<Message> touched, List<Heard> heard) {
        messages.save(touched);
        messages.keep(heard);
        outbox.append(touched.stream()
                .flatMap(message -> message.events().stream().map(event -> new Outgoing(event, message.traceParent())))
                .toList());
    }

    private Optional<Heard> apply(Report report, Message message) {
        return switch (report) {
            case Told told -> Optional.of(new Heard(told, told(told, message)));
            case Report.Refused refused -> {
                message.refused(refused.part(), refused.attempt(), refused.why(), refused.code(), refused.at());
                yield Optional.empty();
            }
            case Report.NotProcessed not -> {
                message.postponed(not.part(), not.attempt(), not.tryAgainAt(), not.at());
                yield Optional.empty();
            }
            case Report.InDoubt doubt -> {
                message.doubted(doubt.part(), doubt.attempt(), doubt.leaseUntil(), doubt.at());
                yield Optional.empty();
            }
            case Report.Abandoned abandoned -> {
                message.released(abandoned.part(), abandoned.attempt(), abandoned.at());
                yield Optional.empty();
            }
            case Report.Held held -> {
                message.held(held.part(), held.reason(), held.until(), held.at());
                yield Optional.empty();
            }
        };
    }

    private boolean told(Told told, Message message) {
        if (message.isDouble(told.part(), told.sid())) {
            meters.counter("casewire.texts.doubled").increment();
            log.atError()
                    .addKeyValue("messageId", told.message().messageId())
                    .addKeyValue("providerSid", told.sid())
                    .log("An attempt that had been given up was sent after all: the person has this text twice");
            return false;
        }
        Optional<MessageStatus> status = MessageStatus.fromTwilio(told.word());
        if (status.isEmpty()) {
            log.atWarn()
                    .addKeyValue("providerSid", told.sid())
                    .addKeyValue("status", told.word())
                    .log("Twilio reports a status that Casewire does not know; it is kept and changes nothing");
        }
        return message.told(
                told.part(),
                told.sid(),
                status.orElse(MessageStatus.ACCEPTED),
                told.errorCode(),
                told.at().plus(followUp.askAfter()),
                told.at());
    }
}

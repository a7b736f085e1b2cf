package org.casewire.ingest.webhook;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.casewire.events.DeliveryEvent.DeliveryReported;
import org.casewire.events.Event;
import org.casewire.events.InboundEvent.MessageReceived;
import org.casewire.events.access.Problem;
import org.casewire.ingest.durable.DurableLog;
import org.casewire.ingest.durable.NotDurable;
import org.casewire.ingest.keyword.SaidOfConsent;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The addresses Twilio calls. */
@RestController
@RequestMapping(path = "/twilio/{site}", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
class Webhooks {

    private static final byte[] NOTHING_TO_SAY =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>".getBytes(StandardCharsets.UTF_8);

    private final Gate gate;
    private final ReceivedMessages messages;
    private final DeliveryReports reports;
    private final DurableLog log;
    private final Refusals refusals;

    Webhooks(Gate gate, ReceivedMessages messages, DeliveryReports reports, DurableLog log, Refusals refusals) {
        this.gate = gate;
        this.messages = messages;
        this.reports = reports;
        this.log = log;
        this.refusals = refusals;
    }

    @PostMapping("/messages")
    ResponseEntity<byte[]> message(@PathVariable String site, HttpServletRequest request) {
        Webhook webhook = gate.admit(site, request);
        MessageReceived message = messages.from(webhook);
        List<Event> events = new ArrayList<>(2);
        events.add(message);
        SaidOfConsent.in(message).ifPresent(events::add);
        log.append(events, webhook.traceParent());
        return ResponseEntity.ok().contentType(MediaType.TEXT_XML).body(NOTHING_TO_SAY);
    }

    @PostMapping("/status")
    ResponseEntity<Void> status(@PathVariable String site, HttpServletRequest request) {
        Webhook webhook = gate.admit(site, request);
        DeliveryReported report = reports.from(webhook);
        log.append(report, webhook.traceParent());
        return ResponseEntity.noContent().build();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(InvalidForm invalid) {
        return answer(refusals.of(Refusal.INVALID_REQUEST, String.valueOf(invalid.getMessage())));
    }

    /** A header with control characters, which the firewall in front shows only when the header is read. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(RequestRejectedException rejected) {
        return answer(refusals.of(Refusal.INVALID_REQUEST, "A header holds control characters. Send it without."));
    }

    /** Not taken: Twilio may try again, use the fallback address, or be asked for the message later. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> notTaken(NotDurable away) {
        return answer(refusals.of(
                Refusal.NOT_DURABLE, "The event cannot be kept safely right now. Try again in a few seconds."));
    }

    private static ResponseEntity<ProblemDetail> answer(Problem problem) {
        return ResponseEntity.status(problem.getStatusCode())
                .headers(problem.getHeaders())
                .body(problem.getBody());
    }
}

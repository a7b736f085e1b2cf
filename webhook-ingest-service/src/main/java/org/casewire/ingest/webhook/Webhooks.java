package org.casewire.ingest.webhook;

import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import org.casewire.events.access.Problem;
import org.casewire.events.transport.tracing.Step;
import org.casewire.events.transport.tracing.Tracing;
import org.casewire.ingest.durable.NotDurable;
import org.casewire.ingest.quarantine.Arrival;
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

    private static final String ROUTE = "/twilio/{site}/";

    private final Gate gate;
    private final Intake intake;
    private final Refusals refusals;
    private final Tracing tracing;

    Webhooks(Gate gate, Intake intake, Refusals refusals, Tracing tracing) {
        this.tracing = tracing;
        this.gate = gate;
        this.intake = intake;
        this.refusals = refusals;
    }

    @PostMapping("/messages")
    @Operation(summary = "A text that came in, as Twilio tells it")
    ResponseEntity<byte[]> message(@PathVariable String site, HttpServletRequest request) {
        return markup(take(Kind.messages, site, request));
    }

    @PostMapping("/calls")
    @Operation(summary = "A call that came in, as Twilio tells it")
    ResponseEntity<byte[]> call(@PathVariable String site, HttpServletRequest request) {
        return markup(take(Kind.calls, site, request));
    }

    @PostMapping("/status")
    @Operation(summary = "Where a sent text stands now, as Twilio tells it")
    ResponseEntity<Void> status(@PathVariable String site, HttpServletRequest request) {
        take(Kind.status, site, request);
        return ResponseEntity.noContent().build();
    }

    private byte[] take(Kind kind, String site, HttpServletRequest request) {
        Arrival arrival = gate.arrival(site, kind, request);
        try {
            return take(kind, gate.admit(arrival));
        } catch (InvalidForm invalid) {
            throw refusals.of(Refusal.INVALID_REQUEST, String.valueOf(invalid.getMessage()), arrival);
        }
    }

    /** A stranger makes no span: what was refused is counted and kept elsewhere. */
    private byte[] take(Kind kind, Webhook webhook) {
        try (Step step = tracing.server(route(kind), webhook.traceParent(), webhook.receivedAt())) {
            step.with("http.request.method", "POST").with("http.route", step.isRecorded() ? ROUTE + kind : null);
            return step.during(() -> intake.take(kind, webhook.continuedIn(step.traceParent())));
        }
    }

    private static String route(Kind kind) {
        return switch (kind) {
            case messages -> "POST " + ROUTE + "messages";
            case status -> "POST " + ROUTE + "status";
            case calls -> "POST " + ROUTE + "calls";
        };
    }

    private static ResponseEntity<byte[]> markup(byte[] answer) {
        return ResponseEntity.ok().contentType(MediaType.TEXT_XML).body(answer);
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
        return answer(refusals.of(Refusal.NOT_DURABLE));
    }

    /** As it goes over the wire. */
    static ResponseEntity<ProblemDetail> answer(Problem problem) {
        return ResponseEntity.status(problem.getStatusCode())
                .headers(problem.getHeaders())
                .body(problem.getBody());
    }
}
